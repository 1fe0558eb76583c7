import type { SdpLine } from "../read/lines.ts";
import type { Hit } from "./rule.ts";

// RFC 8866 §5 and its grammar in §9: the order of the lines, which of them may come once only, and which must come.
// t, r and z share a place, because each t= may be followed by its own r= and z=.
const session: ReadonlyMap<string, number> = new Map([..."vosiuepcbtka"].map((letter, place) => [letter, place]));
const media: ReadonlyMap<string, number> = new Map([..."micbka"].map((letter, place) => [letter, place]));
const onceInSession = new Set("vosiuck");
const onceInMedia = new Set("mik");
const required = ["v", "o", "s", "t"];

/** The lines that stand where RFC 8866 does not allow them, and the required ones that are not there. */
export function outOfOrder(lines: readonly SdpLine[]): readonly Hit[] {
  const hits: Hit[] = [];
  let seen = new Set<string>();
  let last = "";
  let inMedia = false;
  for (const { number, text } of lines) {
    const letter = text[0] ?? "";
    if (letter === "m") {
      if (!inMedia) hits.push(...missing(seen, number));
      inMedia = true;
      seen = new Set();
      last = "";
    }
    const detail = complaint(letter, last, seen, inMedia);
    if (detail !== null) hits.push({ line: number, detail });
    else last = letter;
    seen.add(letter);
  }
  if (!inMedia) hits.push(...missing(seen, null));
  return hits;
}

function complaint(letter: string, last: string, seen: ReadonlySet<string>, inMedia: boolean): string | null {
  const places = inMedia ? media : session;
  const place = placeOf(places, letter);
  if (place === undefined) return inMedia ? `${letter}= does not belong below an m= line` : null;
  if (seen.has(letter) && (inMedia ? onceInMedia : onceInSession).has(letter)) return `a second ${letter}= line`;
  return place < (placeOf(places, last) ?? 0) ? `${letter}= must come before ${last}=` : null;
}

function placeOf(places: ReadonlyMap<string, number>, letter: string): number | undefined {
  return places.get(places === session && (letter === "r" || letter === "z") ? "t" : letter);
}

function missing(seen: ReadonlySet<string>, line: number | null): readonly Hit[] {
  return required
    .filter((letter) => !seen.has(letter))
    .map((letter) => ({ line, detail: `the ${letter}= line is missing${line === null ? "" : " before this line"}` }));
}
