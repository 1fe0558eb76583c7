import type { SdpCandidate, SdpCodec, SdpDirection, SdpSetup } from "../types.ts";
import type { SdpDocument, SdpLevel, SdpMedia, Stated } from "./document.ts";
import { effective, statedAt } from "./document.ts";
import { type Fields, firstOf, inner, numberOf, readFields, textOf } from "./fields.ts";

/** The payload types of audio that need no rtpmap and that WebRTC clients do send so (RFC 3551 §6, table 4). */
const staticCodecs: ReadonlyMap<number, string> = new Map([
  [0, "PCMU"],
  [3, "GSM"],
  [8, "PCMA"],
  [9, "G722"],
  [13, "CN"],
  [18, "G729"],
]);

const directions: readonly SdpDirection[] = ["sendrecv", "sendonly", "recvonly", "inactive"];

/** An audio section with the values that several rules look at, each read once. */
export interface SdpAudio extends SdpMedia {
  /** In the order of the m= line. */
  readonly codecs: readonly SdpCodec[];
  readonly candidates: readonly SdpCandidate[];
  /** Each different SSRC at the line where it is first named. */
  readonly ssrcs: readonly Stated<number>[];
}

/** The first audio section, or null. */
export function readAudio(document: SdpDocument): SdpAudio | null {
  const media = document.media.find(({ kind }) => kind === "audio");
  if (media === undefined) return null;
  return { ...media, codecs: codecsOf(media), candidates: candidatesOf(media), ssrcs: ssrcsOf(media) };
}

function codecsOf(media: SdpMedia): readonly SdpCodec[] {
  const mappings = new Map<number, Stated<Fields>>();
  for (const { line, value } of statedAt(media, "rtpmap")) {
    const fields = firstOf(readFields(`a=rtpmap:${value}`), "rtp");
    const payloadType = numberOf(fields, "payload") ?? -1;
    if (!mappings.has(payloadType)) mappings.set(payloadType, { line, value: fields });
  }
  return [...new Set(media.formats.map(Number))].map((payloadType) => {
    const mapping = mappings.get(payloadType);
    return {
      payloadType,
      ...nameOf(payloadType, mapping?.value),
      parameters: valuesFor(media, "fmtp", payloadType)[0] ?? null,
      feedback: valuesFor(media, "rtcp-fb", payloadType),
      line: mapping?.line ?? null,
    };
  });
}

/** Whether this is the one codec that every call on META must have: Opus at 48 kHz (meta-calling §5.1). */
export function isOpus(codec: SdpCodec): boolean {
  return codec.name.toLowerCase() === "opus" && codec.clockRate === 48_000 && codec.channels === 2;
}

function candidatesOf(media: SdpMedia): readonly SdpCandidate[] {
  return statedAt(media, "candidate").map(({ line, value }) => {
    const fields = firstOf(readFields(`a=candidate:${value}`), "candidates");
    return {
      line,
      address: textOf(fields, "ip"),
      port: numberOf(fields, "port") ?? 0,
      transport: textOf(fields, "transport").toLowerCase(),
      type: textOf(fields, "type"),
    };
  });
}

function ssrcsOf(media: SdpLevel): readonly Stated<number>[] {
  const seen = new Map<number, Stated<number>>();
  for (const { line, value } of statedAt(media, "ssrc")) {
    const id = numberOf(firstOf(readFields(`a=ssrc:${value}`), "ssrcs"), "id") ?? 0;
    if (!seen.has(id)) seen.set(id, { line, value: id });
  }
  return [...seen.values()];
}

/** The hash function, in lower case, and the hash of a fingerprint. */
export function readFingerprint(value: string): { readonly algorithm: string; readonly hash: string } {
  const fields = inner(readFields(`a=fingerprint:${value}`), "fingerprint");
  return { algorithm: textOf(fields, "type").toLowerCase(), hash: textOf(fields, "hash") };
}

/** The direction in force; `sendrecv` when nothing is said (RFC 8866 §6.7). */
export function directionOf(document: SdpDocument, media: SdpMedia): Stated<SdpDirection> {
  for (const level of [media, document.session]) {
    for (const value of directions) {
      const stated = statedAt(level, value)[0];
      if (stated !== undefined) return { line: stated.line, value };
    }
  }
  return { line: media.line, value: "sendrecv" };
}

/** The DTLS role in force, or null when the SDP names none. */
export function setupOf(document: SdpDocument, media: SdpMedia): Stated<SdpSetup> | null {
  const stated = effective(document, media, "setup")[0];
  return stated === undefined || !isSetup(stated.value) ? null : { line: stated.line, value: stated.value };
}

function isSetup(value: string): value is SdpSetup {
  return value === "actpass" || value === "active" || value === "passive" || value === "holdconn";
}

function nameOf(payloadType: number, mapping: Fields | undefined): Pick<SdpCodec, "name" | "clockRate" | "channels"> {
  if (mapping === undefined) {
    const name = staticCodecs.get(payloadType);
    return name === undefined
      ? { name: `payload type ${payloadType}`, clockRate: 0, channels: 1 }
      : { name, clockRate: 8000, channels: 1 };
  }
  return {
    name: textOf(mapping, "codec"),
    clockRate: numberOf(mapping, "rate") ?? 0,
    channels: numberOf(mapping, "encoding") ?? 1,
  };
}

function valuesFor(media: SdpLevel, name: string, payloadType: number): readonly string[] {
  const prefix = `${payloadType} `;
  return statedAt(media, name)
    .filter(({ value }) => value.startsWith(prefix))
    .map(({ value }) => value.slice(prefix.length));
}
