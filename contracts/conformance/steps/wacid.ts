import type { WacidStep } from "../case.ts";
import type { Play } from "../play.ts";
import { StepFailed } from "../result.ts";
import { readWacid } from "../wacid.ts";

/** Takes Meta's id of a call apart, and holds its parts against the case. */
export async function wacid(play: Play, { wacid: text, holds, capture }: WacidStep): Promise<void> {
  const id = play.fill(text);
  const parts = readWacid(id);
  if (parts === null) throw new StepFailed(`${id} is not laid out as Meta's ids of calls are.`);
  const mismatches = await play.compare(holds, parts);
  if (mismatches.length > 0) throw new StepFailed(`${id} says something else.`, mismatches);
  if (capture !== undefined) play.capture(capture, parts);
}
