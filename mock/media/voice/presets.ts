import type { Part, Pattern, Sound } from "./pattern.ts";

const voice: Sound = { kind: "signature" };
const silence: Sound = { kind: "silence" };

const says = (ms: number): Part => ({ sound: voice, ms });
const pauses = (ms: number): Part => ({ sound: silence, ms });
const again = (...parts: readonly Part[]): Pattern => ({ kind: "parts", parts, loop: true });
const once = (...parts: readonly Part[]): Pattern => ({ kind: "parts", parts, loop: false });
const endless = (sound: Sound): Pattern => once({ sound, ms: null });

/** The keys of a list of digits, each as long as the pause after it. */
export function digitParts(digits: string, ms: number): readonly Part[] {
  return [...digits].flatMap((digit) => [{ sound: { kind: "dtmf", digit }, ms } as const, pauses(ms)]);
}

/** A key sounds for 100 ms unless told; telephones ask for 40 at least (ITU-T Q.24). */
export const digitMs = 100;

/** An utterance and a pause that is longer than the 500 ms after which most agents take their turn (realtime-media §5.1). */
export const turn: readonly Part[] = [says(1_500), pauses(700)];

/** Patterns that have a name. */
export const presets = {
  silence: endless(silence),
  tone: endless(voice),
  monologue: endless(voice),
  turns: again(...turn),
  // Gaps of 300 ms, at which no turn may end.
  hesitation: again(says(600), pauses(300), says(400), pauses(300), says(800), pauses(1_500)),
  cough: once({ sound: { kind: "noise" }, ms: 120 }),
  speech: endless({ kind: "speech" }),
  noise: endless({ kind: "noise" }),
  dtmf: once(...digitParts("1234567890*#", digitMs)),
  echo: { kind: "echo", delayMs: 500 },
  "barge-in": { kind: "barge-in", afterMs: 1_000, parts: [says(1_500)] },
} as const satisfies Readonly<Record<string, Pattern>>;

export type PresetName = keyof typeof presets;
