/** A piece of a key that is held down, as RTP carries it (RFC 4733 §2.3). */
export interface TelephoneEvent {
  readonly digit: string;
  /** The key was let go. */
  readonly end: boolean;
  /** How long it has been down, in ticks of the payload type's clock. */
  readonly duration: number;
}

const keys = "0123456789*#ABCD";

/** -10 dBm0, as loud as a telephone's keys. */
const volume = 10;

/** Reads a payload; null when it is none, or of an event that is no key. */
export function readTelephoneEvent(payload: Uint8Array): TelephoneEvent | null {
  const [event = 255, flags = 0, high = 0, low = 0] = payload;
  const digit = payload.length >= 4 ? keys[event] : undefined;
  return digit === undefined ? null : { digit, end: (flags & 0x80) !== 0, duration: high * 256 + low };
}

/** Writes a payload. */
export function writeTelephoneEvent({ digit, end, duration }: TelephoneEvent): Buffer {
  return Buffer.from([Math.max(0, keys.indexOf(digit)), (end ? 0x80 : 0) | volume, duration >> 8, duration & 255]);
}
