import fc from "fast-check";
import { expect, test } from "vitest";
import { ClientBytes } from "../../mock/media/realtime/client-bytes.ts";

/** A message as a socket hands it over: a view that begins anywhere in a larger buffer. */
function viewAt(offset: number, bytes: Uint8Array): Uint8Array {
  const buffer = new Uint8Array(offset + bytes.length);
  buffer.set(bytes, offset);
  return buffer.subarray(offset);
}

const samplesOf = (bytes: Uint8Array) =>
  Array.from({ length: bytes.length >> 1 }, (_, index) =>
    new DataView(bytes.buffer, bytes.byteOffset).getInt16(2 * index, true),
  );

test("MEDIA-WS-016: however a stream is cut into messages, wherever they lie in memory, its samples are the same", () => {
  const message = fc.tuple(fc.integer({ min: 0, max: 3 }), fc.uint8Array({ maxLength: 9 }));
  fc.assert(
    fc.property(fc.array(message, { maxLength: 8 }), (messages) => {
      const reader = new ClientBytes(true);
      const read = messages.flatMap(([offset, bytes]) => [...reader.read(viewAt(offset, bytes)).samples]);
      expect(read).toEqual(samplesOf(Uint8Array.from(messages.flatMap(([, bytes]) => [...bytes]))));
    }),
  );
});

test("an odd byte that is dropped moves nothing in the messages after it", () => {
  const reader = new ClientBytes(false);
  expect([...reader.read(Uint8Array.of(1, 0, 9)).samples]).toEqual([1]);
  expect([...reader.read(Uint8Array.of(2, 0)).samples]).toEqual([2]);
});

test("a header ends what was held, and is itself not heard", () => {
  const reader = new ClientBytes(true);
  reader.read(Uint8Array.of(1, 0, 9));
  const header = new Uint8Array(46);
  header.set(new TextEncoder().encode("RIFF"), 0);
  header.set(new TextEncoder().encode("WAVEfmt "), 8);
  new DataView(header.buffer).setUint32(16, 16, true);
  new DataView(header.buffer).setUint32(24, 24_000, true);
  header.set(new TextEncoder().encode("data"), 36);
  header.set([7, 0], 44);
  const { samples, wavHeader, odd } = reader.read(viewAt(1, header));
  expect([[...samples], wavHeader?.sampleRate, odd]).toEqual([[7], 24_000, false]);
});
