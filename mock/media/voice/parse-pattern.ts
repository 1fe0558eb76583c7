import type { Part, Pattern, Sound } from "./pattern.ts";
import { digitMs, digitParts, presets } from "./presets.ts";
import { dtmfPair } from "./sound-tables.ts";

/** A pattern that was understood, or the first part that wasn't. */
export type ParsedPattern =
  | { readonly ok: true; readonly pattern: Pattern }
  | { readonly ok: false; readonly part: string; readonly message: string };

const mostParts = 64;
const longestMs = 3_600_000;
const highestHz = 3_950;
const longestEchoMs = 10_000;
const sounds = "a frequency in Hz, 0, tone, silence, speech, noise, dtmf:<digits> or wav:<file>";

class Mistake {
  readonly part: string;
  readonly message: string;
  constructor(part: string, message: string) {
    this.part = part;
    this.message = message;
  }
}

/**
 * Reads what a person is to say: a preset (`turns`, `echo:300`), or a list of sounds and milliseconds that starts over
 * at its end (`500/1500,0/700`).
 *
 * @returns the pattern, or the part at fault and what is wrong with it
 * @example parsePattern("speech/900,0/2000").ok // true
 */
export function parsePattern(text: string): ParsedPattern {
  const read = readPreset(text.trim()) ?? readList(text.trim());
  return read instanceof Mistake ? { ok: false, part: read.part, message: read.message } : { ok: true, pattern: read };
}

function readPreset(text: string): Pattern | Mistake | null {
  const preset = new Map<string, Pattern>(Object.entries(presets)).get(text);
  if (preset !== undefined) return preset;
  const [, name, value = ""] = /^(echo|barge-in|dtmf|wav):([^,]*)$/.exec(text) ?? [];
  if (name === undefined || /\/\d+$/.test(value)) return null;
  switch (name) {
    case "echo": {
      const delayMs = milliseconds(text, value, longestEchoMs);
      return delayMs instanceof Mistake ? delayMs : { kind: "echo", delayMs };
    }
    case "barge-in": {
      const afterMs = milliseconds(text, value, longestMs);
      return afterMs instanceof Mistake ? afterMs : { ...presets["barge-in"], afterMs };
    }
    case "dtmf":
      return digitsOf(text, value) ?? { kind: "parts", parts: digitParts(value, digitMs), loop: false };
    default:
      return value === ""
        ? new Mistake(text, "wav: needs the name of a file, such as wav:./hello.wav")
        : { kind: "parts", parts: [{ sound: { kind: "wav", file: value }, ms: null }], loop: false };
  }
}

function readList(text: string): Pattern | Mistake {
  const pieces = text.split(",");
  if (pieces.length > mostParts) return new Mistake(text.slice(0, 40), `a pattern has at most ${mostParts} parts`);
  const parts: Part[] = [];
  for (const piece of pieces) {
    const read = readPart(piece.trim());
    if (read instanceof Mistake) return read;
    parts.push(...read);
  }
  return { kind: "parts", parts, loop: true };
}

function readPart(text: string): readonly Part[] | Mistake {
  const [, name = "", length] = /^(.*?)(?:\/([^/]*))?$/.exec(text) ?? [];
  const file = /^wav:(.+)$/.exec(text);
  if (file !== null && !/\/\d+$/.test(text)) return [{ sound: { kind: "wav", file: file[1] ?? "" }, ms: null }];
  const digits = /^dtmf:(.*)$/.exec(name)?.[1];
  if (digits !== undefined && length === undefined) return digitsOf(text, digits) ?? digitParts(digits, digitMs);
  const sound = digits === undefined ? readSound(text, name) : (digitsOf(text, digits) ?? silence);
  if (sound instanceof Mistake) return sound;
  if (length === undefined) return new Mistake(text, `${JSON.stringify(text)} needs a length, such as ${name}/1500`);
  const ms = milliseconds(text, length, longestMs);
  if (ms instanceof Mistake) return ms;
  return digits === undefined ? [{ sound, ms }] : digitParts(digits, ms);
}

const silence: Sound = { kind: "silence" };

function readSound(part: string, name: string): Sound | Mistake {
  if (name === "0" || name === "silence") return silence;
  if (name === "tone") return { kind: "signature" };
  if (name === "speech" || name === "noise") return { kind: name };
  if (name.startsWith("wav:")) return { kind: "wav", file: name.slice(4) };
  if (!/^\d+$/.test(name)) return new Mistake(part, unknown(part));
  const hz = Number(name);
  const nearest = Math.min(highestHz, Math.max(50, Math.round(hz / 50) * 50));
  return hz === nearest
    ? { kind: "tone", hz }
    : new Mistake(part, `a tone is a multiple of 50 from 50 to ${highestHz} Hz; the nearest to ${name} is ${nearest}`);
}

function unknown(part: string): string {
  const names = Object.keys(presets).join(", ");
  return `${JSON.stringify(part)} is no sound. A pattern is one of ${names}, or a list such as 500/1500,0/700 of ${sounds}`;
}

function digitsOf(part: string, digits: string): Mistake | null {
  const wrong = [...digits].find((digit) => dtmfPair(digit) === null);
  if (digits !== "" && wrong === undefined) return null;
  return new Mistake(part, `dtmf: takes the keys 0 to 9, *, # and A to D, such as dtmf:12#`);
}

function milliseconds(part: string, text: string, most: number): number | Mistake {
  const ms = Number(text);
  if (/^\d+$/.test(text) && ms >= 1 && ms <= most) return ms;
  return new Mistake(part, `${JSON.stringify(text)} is no length; it is in milliseconds, from 1 to ${most}`);
}
