import {
  type Finding,
  type ProxyOptions,
  type RunningProxy,
  reach,
  readTarget,
  type Summary,
  startProxy,
  type Target,
  TargetError,
} from "../../../../contracts/proxy/index.ts";
import { newRecording, RecordingError, type RecordingFolder } from "../../../../contracts/recording/index.ts";
import { StartError, UsageError } from "../explain.ts";
import { openDoor } from "../open-door.ts";
import { writeReadyFile } from "../ready-file.ts";
import { runChild } from "./child.ts";
import { counted, departureLines, summaryText } from "./print.ts";
import type { ProxyFlags } from "./proxy-command.ts";
import { writePact } from "./write-pact.ts";

/**
 * Runs the proxy until a signal comes or the command behind it ends, or writes a pact from an earlier recording.
 *
 * @returns the exit code
 * @throws UsageError when it could not be begun as it was asked
 */
export async function runProxy(command: readonly string[], flags: ProxyFlags): Promise<number> {
  checkFlags(command, flags);
  if (flags.target === undefined) {
    await writePact(flags);
    return 0;
  }
  const target = await reachable(flags.target);
  const folder = flags.record === undefined ? null : await asUsage(newRecording(flags.record));
  const say = flags.json === true ? console.error : console.log;
  const proxy = await open(target, folder, flags, say);
  say(
    `calls-sandbox proxy: ${proxy.url} -> ${target.href}${folder === null ? "" : `, recording into ${flags.record}`}`,
  );
  const stopped = signalled();
  if (flags.readyFile !== undefined) await writeReadyFile(flags.readyFile, { apiUrl: proxy.url, target: target.href });
  const childCode = command.length === 0 ? null : await runChild(command, proxy.url, flags.json === true, stopped);
  if (childCode === null) await stopped;
  const summary = await ended(proxy);
  if (flags.toPact !== undefined) await writePact(flags);
  if (folder !== null) say(`${counted(folder.count(), "exchange")} recorded in ${flags.record}.`);
  console.log(flags.json === true ? JSON.stringify(summary) : summaryText(summary));
  if (childCode !== null && childCode !== 0) say(`${command.join(" ")} ended with ${childCode}.`);
  return violates(summary, flags.failOnViolation) || (childCode ?? 0) !== 0 ? 1 : 0;
}

function checkFlags(command: readonly string[], { target, record, toPact, consumer }: ProxyFlags): void {
  if (target === undefined && toPact === undefined)
    throw new UsageError("The proxy needs a target: --target http://127.0.0.1:4010, for example.");
  if (target === undefined && command.length > 0)
    throw new UsageError(`Without --target there is no proxy to run ${command[0]} with. Name the target.`);
  if (toPact !== undefined && record === undefined)
    throw new UsageError("--to-pact writes from a recording. Name its folder with --record.");
  if (toPact !== undefined && (consumer ?? "").trim() === "")
    throw new UsageError("A Pact file names its consumer. Name your client with --consumer.");
}

/** A target that can't be reached is refused at the start: mostly its address is mistyped (PROXY-017). */
async function reachable(address: string): Promise<Target> {
  try {
    const target = readTarget(address);
    await reach(target);
    return target;
  } catch (error) {
    throw error instanceof TargetError ? new UsageError(error.message) : error;
  }
}

async function asUsage<Result>(opening: Promise<Result>): Promise<Result> {
  try {
    return await opening;
  } catch (error) {
    throw error instanceof RecordingError ? new UsageError(error.message) : error;
  }
}

function open(target: Target, folder: RecordingFolder | null, flags: ProxyFlags, say: (text: string) => void) {
  const { host, port, timeout } = flags;
  const onFinding = async (finding: Finding, seen: readonly number[]) => {
    for (const line of departureLines(finding, seen)) say(line);
    const { exchange, number, operation, departures } = finding;
    if (exchange !== null) await folder?.add({ number, operation, departures, ...exchange });
  };
  const options: ProxyOptions = { target, host, port, timeoutMs: timeout, keepExchanges: folder !== null, onFinding };
  return openDoor("--port", { host, port }, () => startProxy(options));
}

async function ended(proxy: RunningProxy): Promise<Summary> {
  try {
    return await proxy.close();
  } catch (error) {
    throw error instanceof RecordingError ? new StartError(error.message) : error;
  }
}

function violates({ departures: { client, service } }: Summary, whose: ProxyFlags["failOnViolation"]): boolean {
  if (whose === undefined) return false;
  return (whose !== "service" && client > 0) || (whose !== "client" && service > 0);
}

/** Resolves at the first signal; a second one doesn't wait for open requests. */
function signalled(): Promise<void> {
  return new Promise((resolve) => {
    let stopping = false;
    const stop = () => {
      if (stopping) process.exit(1);
      stopping = true;
      resolve();
    };
    process.on("SIGINT", stop);
    process.on("SIGTERM", stop);
  });
}
