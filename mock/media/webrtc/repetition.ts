import type { Pattern, Sound } from "../voice/pattern.ts";
import { frameMs } from "./format.ts";
import type { Repetition } from "./frame-source.ts";

/** A minute: a voice whose round is longer isn't kept. */
const mostFrames = 3_000;

/** How long the tables of sounds are that go on for ever; tones have whole cycles in 20 ms (realtime-media §5.3). */
const tableMs: Readonly<Record<Exclude<Sound["kind"], "wav">, number>> = {
  silence: 20,
  signature: 20,
  tone: 20,
  noise: 1_000,
  dtmf: 1_000,
  speech: 4_000,
};

/**
 * Where a pattern repeats, in frames of 20 ms.
 *
 * @returns null when it doesn't, takes too long to, or depends on what it hears
 * @example repetitionOf({ kind: "parts", parts: [{ sound: { kind: "signature" }, ms: null }], loop: false })
 */
export function repetitionOf(pattern: Pattern): Repetition | null {
  if (pattern.kind !== "parts") return null;
  let ms = 0;
  let endless: Sound["kind"] = "silence";
  let ends = true;
  for (const part of pattern.parts) {
    if (part.sound.kind === "wav") return null;
    if (part.ms === null) {
      endless = part.sound.kind;
      ends = false;
      break;
    }
    ms += part.ms;
  }
  const found = pattern.loop && ends ? roundsOf(ms) : tailOf(ms, endless);
  return found.lead + found.round > mostFrames ? null : found;
}

/** So many rounds of a loop that they fill whole frames; once as the beginning, once to repeat. */
function roundsOf(ms: number): Repetition {
  const round = Math.max(1, ms / greatestCommonDivisor(ms, frameMs));
  return { lead: round, round };
}

/** What goes on for ever after the parts that end; the first second of it lets the encoder settle. */
function tailOf(ms: number, endless: Sound["kind"]): Repetition {
  const table = endless === "wav" ? frameMs : tableMs[endless];
  return { lead: Math.ceil(ms / frameMs) + 50, round: Math.max(50, table / frameMs) };
}

function greatestCommonDivisor(left: number, right: number): number {
  return right === 0 ? left : greatestCommonDivisor(right, left % right);
}
