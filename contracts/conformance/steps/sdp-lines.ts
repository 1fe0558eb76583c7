import type { SdpLinesStep } from "../case.ts";
import type { Play } from "../play.ts";
import { StepFailed } from "../result.ts";

/** Looks at the lines of an SDP, a few at a time. */
export async function sdpLines(play: Play, { sdpLines: text, holds }: SdpLinesStep): Promise<void> {
  const lines = play.fill(text).split("\r\n").slice(0, -1);
  const found = Object.keys(holds).map((start) => [start, lines.filter((line) => line.startsWith(start))] as const);
  const mismatches = await play.compare(holds, Object.fromEntries(found));
  if (mismatches.length > 0) throw new StepFailed("The lines of the SDP are not as expected.", mismatches);
}
