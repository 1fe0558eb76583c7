/** Something that sounds (or not), for as long as its part lasts. */
export type Sound =
  | { readonly kind: "silence" }
  /** The tone that belongs to the call. */
  | { readonly kind: "signature" }
  | { readonly kind: "tone"; readonly hz: number }
  | { readonly kind: "speech" }
  | { readonly kind: "noise" }
  | { readonly kind: "dtmf"; readonly digit: string }
  | { readonly kind: "wav"; readonly file: string };

/** A sound and its length; null: as long as the file is, or for ever. */
export interface Part {
  readonly sound: Sound;
  readonly ms: number | null;
}

/** What a person says. */
export type Pattern =
  /** One part after the other, again from the start when `loop`, silent afterwards when not. */
  | { readonly kind: "parts"; readonly parts: readonly Part[]; readonly loop: boolean }
  /** Gives back what the client says, later. */
  | { readonly kind: "echo"; readonly delayMs: number }
  /** Says its parts once, whenever the client has talked for so long. */
  | { readonly kind: "barge-in"; readonly afterMs: number; readonly parts: readonly Part[] };

/** The sounds of a pattern that are files, which somebody has to read. */
export function filesOf(pattern: Pattern): readonly string[] {
  const parts = pattern.kind === "echo" ? [] : pattern.parts;
  return [...new Set(parts.flatMap(({ sound }) => (sound.kind === "wav" ? [sound.file] : [])))];
}
