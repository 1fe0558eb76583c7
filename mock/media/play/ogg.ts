/** The packets of the first stream in an Ogg file. */
export interface OggPackets {
  readonly packets: readonly Uint8Array[];
  /** The file ends where a page ends. */
  readonly complete: boolean;
}

const headBytes = 27;

/**
 * Takes an Ogg file apart (RFC 3533 §6). Pages of other streams are passed over, and so is whatever stands between
 * pages; a packet that its file ends within is left out.
 */
export function oggPackets(bytes: Uint8Array): OggPackets {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const packets: Uint8Array[] = [];
  let open: Uint8Array[] = [];
  let serial: number | null = null;
  for (let at = nextPage(bytes, 0); at >= 0; ) {
    if (at + headBytes > bytes.length) return { packets, complete: false };
    const lengths = bytes.subarray(at + headBytes, at + headBytes + (bytes[at + 26] ?? 0));
    const start = at + headBytes + lengths.length;
    const end = start + lengths.reduce((sum, length) => sum + length, 0);
    if (lengths.length < (bytes[at + 26] ?? 0) || end > bytes.length) return { packets, complete: false };
    serial ??= view.getUint32(at + 14, true);
    if (serial === view.getUint32(at + 14, true)) {
      // A page that continues nothing drops what its predecessor left open.
      if (((bytes[at + 5] ?? 0) & 1) === 0) open = [];
      open = addPage(bytes, start, lengths, open, packets);
    }
    at = nextPage(bytes, end);
  }
  return { packets, complete: true };
}

function addPage(
  bytes: Uint8Array,
  start: number,
  lengths: Uint8Array,
  open: Uint8Array[],
  packets: Uint8Array[],
): Uint8Array[] {
  let at = start;
  let parts = open;
  for (const length of lengths) {
    parts.push(bytes.subarray(at, at + length));
    at += length;
    // A segment of 255 bytes is continued by the next one.
    if (length === 255) continue;
    packets.push(joined(parts));
    parts = [];
  }
  return parts;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function nextPage(bytes: Uint8Array, from: number): number {
  for (let at = from; at + 4 <= bytes.length; at++)
    if (bytes[at] === 0x4f && bytes[at + 1] === 0x67 && bytes[at + 2] === 0x67 && bytes[at + 3] === 0x53) return at;
  return -1;
}
