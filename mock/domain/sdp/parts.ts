/** All that differs between two SDPs of the sandbox. */
export interface SdpParts {
  /** Milliseconds since 1970, the session id of the o= line. */
  readonly epochMs: number;
  readonly uuid: string;
  readonly iceUfrag: string;
  readonly icePwd: string;
  /** 32 bytes in upper-case hexadecimal with colons. */
  readonly fingerprint: string;
  readonly ssrc: number;
  readonly relay: { readonly v4: string; readonly v6: string; readonly port: number };
  /** Where somebody really listens, on the relay's port; without any, the relay's two addresses stand for it. */
  readonly addresses?: readonly string[];
  /** Foundations of the two candidates (RFC 8839 §5.1). */
  readonly foundations: { readonly v4: number; readonly v6: number };
}

/** The ports that Meta's relays listen on (meta-calling §5.1). */
export const relayPorts: readonly number[] = [3480, 3482, 3484, 3478, 40012];

const iceCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/**
 * Shapes random bytes into the variable parts of an SDP. The addresses come from the ranges kept for documentation
 * (RFC 5737, RFC 3849), so that a client that does connect to them reaches nobody.
 *
 * @param random gives that many bytes; it is called once
 * @param epochMs milliseconds since 1970
 * @example sdpPartsFrom((count) => new Uint8Array(count), 0).relay.v4 // "192.0.2.1"
 */
export function sdpPartsFrom(random: (count: number) => Uint8Array, epochMs: number): SdpParts {
  const take = takeFrom(random(bytesNeeded));
  return {
    epochMs,
    uuid: uuidOf(take(16)),
    iceUfrag: iceText(take(16)),
    icePwd: iceText(take(24)),
    fingerprint: take(32)
      .map((byte) => hexByte(byte).toUpperCase())
      .join(":"),
    ssrc: number32(take(4)),
    relay: {
      v4: `192.0.2.${((take(1)[0] ?? 0) % 254) + 1}`,
      v6: `2001:db8::${hexGroup(take(2))}:${hexGroup(take(2))}`,
      port: relayPorts[(take(1)[0] ?? 0) % relayPorts.length] ?? 3480,
    },
    foundations: { v4: number32(take(4)), v6: number32(take(4)) },
  };
}

const bytesNeeded = 16 + 16 + 24 + 32 + 4 + 1 + 2 + 2 + 1 + 4 + 4;

/** Hands out the bytes one piece after the other; a source that gave too few is filled up with zeros. */
function takeFrom(bytes: Uint8Array): (count: number) => readonly number[] {
  let next = 0;
  return (count) => {
    const piece = Array.from({ length: count }, (_unused, index) => bytes[next + index] ?? 0);
    next += count;
    return piece;
  };
}

/** A version 4 UUID (RFC 9562 §5.4). */
function uuidOf(bytes: readonly number[]): string {
  const digits = bytes.map((byte, index) => {
    if (index === 6) return hexByte((byte & 0x0f) | 0x40);
    return hexByte(index === 8 ? (byte & 0x3f) | 0x80 : byte);
  });
  const part = (from: number, to: number) => digits.slice(from, to).join("");
  return `${part(0, 4)}-${part(4, 6)}-${part(6, 8)}-${part(8, 10)}-${part(10, 16)}`;
}

function iceText(bytes: readonly number[]): string {
  return bytes.map((byte) => iceCharacters[byte & 63]).join("");
}

/** From 1 to 2^32 - 1: neither an SSRC nor a foundation of 0 occurs in practice. */
function number32(bytes: readonly number[]): number {
  return bytes.reduce((value, byte) => value * 256 + byte, 0) || 1;
}

/** One group of an IPv6 address as RFC 5952 writes it; never 0, so that the address has one shortest form. */
function hexGroup([high = 0, low = 0]: readonly number[]): string {
  return (high * 256 + low || 1).toString(16);
}

function hexByte(byte: number): string {
  return byte.toString(16).padStart(2, "0");
}
