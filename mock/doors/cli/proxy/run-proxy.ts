import { type RunningProxy, type Summary, startProxy } from "../../../../contracts/proxy/index.ts";
import { RecordingError } from "../../../../contracts/recording/index.ts";
import { StartError } from "../explain.ts";
import { openDoor } from "../open-door.ts";
import { writeReadyFile } from "../ready-file.ts";
import { checkFlags, keeper, reachable, recordingFolder } from "./begin.ts";
import { runChild } from "./child.ts";
import { counted, summaryText } from "./print.ts";
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
  return stand(flags.target, command, flags);
}

async function stand(address: string, command: readonly string[], flags: ProxyFlags): Promise<number> {
  const { host, port, timeout, record, json, readyFile } = flags;
  const say = json === true ? console.error : console.log;
  const target = await reachable(address);
  const folder = await recordingFolder(record);
  const onFinding = keeper(folder, say);
  const proxy = await openDoor("--port", { host, port }, () =>
    startProxy({ target, host, port, timeoutMs: timeout, keepExchanges: folder !== null, onFinding }),
  );
  const stopped = signalled();
  say(greeting(proxy, target.href, command.length > 0));
  // Last of all, so that whoever sees the file may send a signal.
  if (readyFile !== undefined) await writeReadyFile(readyFile, { apiUrl: proxy.url, target: target.href });
  const childCode = command.length === 0 ? await stopped : await runChild(command, proxy.url, json === true, stopped);
  const summary = await ended(proxy);
  if (folder !== null) say(`${counted(folder.count(), "exchange")} recorded in ${record}.`);
  if (flags.toPact !== undefined) await writePact(flags);
  console.log(json === true ? JSON.stringify(summary) : summaryText(summary));
  if (command.length > 0 && summary.requests === 0) say(nothingCame);
  if (childCode !== 0) say(`${command.join(" ")} ended with ${childCode}.`);
  return violates(summary, command, flags.failOnViolation) || childCode !== 0 ? 1 : 0;
}

const nothingCame = "No request came through the proxy: does your client read CALLS_SANDBOX_PROXY_URL?";

function greeting({ url }: RunningProxy, target: string, hasCommand: boolean): string {
  const first = `calls-sandbox proxy: ${url} -> ${target}`;
  return hasCommand ? first : `${first}\nPoint your client at ${url}/v1. Ctrl-C ends the proxy and sums up.`;
}

async function ended(proxy: RunningProxy): Promise<Summary> {
  try {
    return await proxy.close();
  } catch (error) {
    throw error instanceof RecordingError ? new StartError(error.message) : error;
  }
}

/** A command whose requests went elsewhere has shown nothing, so it fails as well (PROXY-032). */
function violates(
  { requests, departures: { client, service } }: Summary,
  command: readonly string[],
  whose: ProxyFlags["failOnViolation"],
): boolean {
  if (whose === undefined) return false;
  if (command.length > 0 && requests === 0) return true;
  return (whose !== "service" && client > 0) || (whose !== "client" && service > 0);
}

/** Resolves with 0 at the first signal; a second one doesn't wait for open requests. */
function signalled(): Promise<0> {
  return new Promise((resolve) => {
    let stopping = false;
    const stop = () => {
      if (stopping) process.exit(1);
      stopping = true;
      resolve(0);
    };
    process.on("SIGINT", stop);
    process.on("SIGTERM", stop);
  });
}
