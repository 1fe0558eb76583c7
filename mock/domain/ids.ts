import { type DrawSource, draw } from "./draw.ts";
import { base64, hex, ulid } from "./encoding.ts";
import type { Instant } from "./time.ts";

// Every id is a pure function of the world, a purpose and an ordinal that `evolve` counts (see draw.ts).

/** `call_`, `conv_`, `num_`, `key_`, `wh_`, `msg_`: a prefix and a ULID (pilot-status §7). */
export function prefixedId(
  prefix: "call" | "conv" | "num" | "key" | "wh" | "msg",
  source: DrawSource,
  ordinal: number,
  at: Instant,
): string {
  return `${prefix}_${ulid(at, draw(source, prefix, ordinal, 10))}`;
}

/** EVO_GO's own call id: 32 upper-case hex characters (realtime-media §1.3). */
export function evoGoCallId(source: DrawSource, ordinal: number): string {
  return hex(draw(source, "evo-go-call", ordinal, 16)).toUpperCase();
}

/** A realtime token: 32 bytes in hex (realtime-media §3 row 14). */
export function realtimeToken(source: DrawSource, ordinal: number): string {
  return hex(draw(source, "realtime-token", ordinal, 32));
}

/** The id of a WhatsApp message, here of a permission request. */
export function wamid(source: DrawSource, ordinal: number): string {
  return `wamid.${base64(draw(source, "message", ordinal, 36))}`;
}

/** The trace id in a Meta error; the shape is Meta's, the value means nothing. */
export function fbtraceId(source: DrawSource, ordinal: number): string {
  return `A${base64(draw(source, "fbtrace", ordinal, 16))
    .replaceAll("+", "_")
    .replaceAll("/", "-")
    .replaceAll("=", "")}`;
}
