import { type Finding, reach, readTarget, type Target, TargetError } from "../../../../contracts/proxy/index.ts";
import { newRecording, RecordingError, type RecordingFolder } from "../../../../contracts/recording/index.ts";
import { UsageError } from "../explain.ts";
import { departureLines } from "./print.ts";
import type { ProxyFlags } from "./proxy-command.ts";

/**
 * Refuses options that don't go together.
 *
 * @throws UsageError with what is missing
 */
export function checkFlags(command: readonly string[], { target, record, toPact, consumer }: ProxyFlags): void {
  if (target === undefined && toPact === undefined)
    throw new UsageError("The proxy needs a target: --target http://127.0.0.1:4010, for example.");
  if (target === undefined && command.length > 0)
    throw new UsageError(`Without --target there is no proxy to run ${command[0]} with. Name the target.`);
  if (toPact !== undefined && record === undefined)
    throw new UsageError("--to-pact writes from a recording. Name its folder with --record.");
  if (toPact !== undefined && (consumer ?? "").trim() === "")
    throw new UsageError("A Pact file names its consumer. Name your client with --consumer.");
}

/**
 * A target that answers; one that doesn't is refused at the start, since mostly its address is mistyped (PROXY-017).
 *
 * @throws UsageError
 */
export async function reachable(address: string): Promise<Target> {
  try {
    const target = readTarget(address);
    await reach(target);
    return target;
  } catch (error) {
    throw error instanceof TargetError ? new UsageError(error.message) : error;
  }
}

/**
 * The folder of `--record`; null without it.
 *
 * @throws UsageError when it can't be written, or holds a recording
 */
export async function recordingFolder(directory: string | undefined): Promise<RecordingFolder | null> {
  try {
    return directory === undefined ? null : await newRecording(directory);
  } catch (error) {
    throw error instanceof RecordingError ? new UsageError(error.message) : error;
  }
}

/** What happens with each finding: its departures are told, and its exchange is kept. */
export function keeper(folder: RecordingFolder | null, say: (text: string) => void) {
  return async (finding: Finding, seen: readonly number[]): Promise<void> => {
    for (const line of departureLines(finding, seen)) say(line);
    const { exchange, number, operation, departures } = finding;
    if (exchange !== null) await folder?.add({ number, operation, departures, ...exchange });
  };
}
