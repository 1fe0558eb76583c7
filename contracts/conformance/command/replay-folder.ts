import { readRecording } from "../../recording/index.ts";
import { placeFor } from "../replay/place.ts";
import { replayRecording } from "../replay/replay-recording.ts";
import { replayConclusion, replayedLines } from "../report/replay.ts";
import { introduction } from "../report/terminal.ts";
import { connect } from "./connect.ts";
import type { ConformanceFlags } from "./flags.ts";

/** Carries out `--replay`; the exit code is 1 when an answer is another one now, or when there was none. */
export async function replayFolder(
  folder: string,
  flags: ConformanceFlags,
  print: (text: string) => void,
): Promise<number> {
  const recording = await readRecording(folder);
  const { description, close } = await connect(flags);
  try {
    if (flags.json !== true) print(`${introduction(description, flags.target === undefined)}\n`);
    const place = await placeFor(description);
    let left: readonly string[] = [];
    const results = await replayRecording(recording, place, (result) => {
      if (flags.json !== true) print(replayedLines(result));
    }).finally(async () => {
      left = await place.leave();
    });
    print(flags.json === true ? JSON.stringify(results) : replayConclusion(results, left));
    const differs = results.some(({ outcome }) => outcome === "differs" || outcome === "failed");
    return differs || left.length > 0 ? 1 : 0;
  } finally {
    await close();
  }
}
