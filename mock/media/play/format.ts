/** The kinds of file that are played, told by their first bytes. */
export type PlayableFormat = "mp3" | "wav" | "opus";

const others: readonly (readonly [name: string, at: number, bytes: string])[] = [
  ["FLAC", 0, "fLaC"],
  ["Ogg without Opus", 0, "OggS"],
  ["RIFF without WAVE", 0, "RIFF"],
  ["MP4 or M4A", 4, "ftyp"],
  ["AMR", 0, "#!AMR"],
  ["WebM or Matroska", 0, "\x1a\x45\xdf\xa3"],
  ["AIFF", 0, "FORM"],
  ["ZIP", 0, "PK\x03\x04"],
  ["gzip", 0, "\x1f\x8b"],
];

/**
 * Tells what a file is by what it begins with, never by its name (MEDIA-PLAY-016).
 *
 * @returns the format, or null for one that is not played
 */
export function formatOf(bytes: Uint8Array): PlayableFormat | null {
  if (begins(bytes, 0, "RIFF") && begins(bytes, 8, "WAVE")) return "wav";
  if (begins(bytes, 0, "OggS")) return begins(bytes, 28, "OpusHead") ? "opus" : null;
  if (!begins(bytes, 0, "ID3")) return isMp3Frame(bytes, 0) ? "mp3" : null;
  const after = endOfTag(bytes);
  // A tag may be followed by padding; only a file that says it is something else isn't MP3.
  return after < bytes.length && others.some(([, at, text]) => begins(bytes, after + at, text)) ? null : "mp3";
}

/** The name of a format that is not played, as far as its first bytes tell. */
export function otherFormat(bytes: Uint8Array): string {
  const start = begins(bytes, 0, "ID3") ? endOfTag(bytes) : 0;
  const known = others.find(([, at, text]) => begins(bytes, start + at, text));
  if (known !== undefined) return known[0];
  if (bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xf6) === 0xf0) return "AAC";
  const text = bytes.subarray(0, 512).every((byte) => byte >= 0x20 || byte === 9 || byte === 10 || byte === 13);
  return text ? "text" : "an unknown format";
}

function begins(bytes: Uint8Array, at: number, text: string): boolean {
  for (let index = 0; index < text.length; index++) if (bytes[at + index] !== text.charCodeAt(index)) return false;
  return true;
}

/** The head of a frame of MPEG audio, layer III: sync word, layer, a bit rate and a sample rate that exist. */
function isMp3Frame(bytes: Uint8Array, at: number): boolean {
  const [sync = 0, kind = 0, rates = 0] = bytes.subarray(at, at + 3);
  if (sync !== 0xff || (kind & 0xe0) !== 0xe0 || (kind & 0x18) === 0x08) return false;
  return (kind & 0x06) === 0x02 && rates >> 4 !== 15 && (rates & 0x0c) !== 0x0c;
}

/** Where an ID3v2 tag ends; its size has seven bits a byte (ID3v2.4 §3.1). */
function endOfTag(bytes: Uint8Array): number {
  const [a = 0, b = 0, c = 0, d = 0] = bytes.subarray(6, 10);
  return 10 + (a & 0x7f) * 2 ** 21 + (b & 0x7f) * 2 ** 14 + (c & 0x7f) * 2 ** 7 + (d & 0x7f);
}
