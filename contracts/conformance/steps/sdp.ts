import type { SdpStep } from "../case.ts";
import type { Play } from "../play.ts";
import { StepFailed } from "../result.ts";

/** Makes an SDP of another by changing lines, and gives it a name. */
export async function sdp(play: Play, { sdp: change }: SdpStep): Promise<void> {
  const { as, of = "{offer}", remove = [], replace = {}, insert = {}, append = [], lineEnd = "CRLF", trim } = change;
  let lines = play
    .fill(of)
    .split(/\r?\n/)
    .filter((line) => line !== "");
  for (const start of remove) lines = changed(lines, start, () => []);
  for (const [start, line] of Object.entries(replace)) lines = changed(lines, start, () => [line]);
  for (const [start, more] of Object.entries(insert)) lines = changed(lines, start, (line) => [line, ...more]);
  const end = lineEnd === "CRLF" ? "\r\n" : "\n";
  play.names.set(as, `${[...lines, ...append].join(end)}${trim === true ? "" : end}`);
}

function changed(lines: readonly string[], start: string, change: (line: string) => readonly string[]): string[] {
  if (!lines.some((line) => line.startsWith(start))) {
    throw new StepFailed(`No line of the SDP begins with ${JSON.stringify(start)}. Its lines: ${lines.join(" | ")}`);
  }
  return lines.flatMap((line) => (line.startsWith(start) ? change(line) : [line]));
}
