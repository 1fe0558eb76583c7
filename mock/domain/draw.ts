/** Where a draw comes from: the same four values always give the same bytes. */
export interface DrawSource {
  readonly seed: string;
  readonly worldId: string;
}

/**
 * Draws bytes that look random and are a pure function of their arguments, so that a restart never repeats an id and
 * the same run gives the same ids. Not for secrets that must resist an attacker.
 *
 * @param source seed and world: two worlds never share a draw
 * @param purpose what the bytes are for, for example `"call"`
 * @param ordinal how many were drawn for this purpose before
 * @param count how many bytes are wanted
 * @example draw({ seed: "1", worldId: "default" }, "call", 0, 10).length // 10
 */
export function draw(source: DrawSource, purpose: string, ordinal: number, count: number): Uint8Array {
  const next = generator(`${source.seed}/${source.worldId}/${purpose}/${ordinal}`);
  const bytes = new Uint8Array(count);
  for (let index = 0; index < count; index += 4) {
    const word = next();
    for (let byte = 0; byte < 4 && index + byte < count; byte++) bytes[index + byte] = word >>> (8 * byte);
  }
  return bytes;
}

/** A draw as a number in [0, 1). */
export function drawFraction(source: DrawSource, purpose: string, ordinal: number): number {
  return generator(`${source.seed}/${source.worldId}/${purpose}/${ordinal}`)() / 2 ** 32;
}

// SFC32, a small generator that passes PractRand; its state is filled from four differently keyed FNV-1a hashes.
function generator(text: string): () => number {
  let a = hash(text, 0x811c9dc5);
  let b = hash(text, 0x9e3779b9);
  let c = hash(text, 0x85ebca6b);
  let counter = hash(text, 0xc2b2ae35);
  const next = () => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return sum >>> 0;
  };
  for (let round = 0; round < 12; round++) next();
  return next;
}

function hash(text: string, start: number): number {
  let value = start;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
    value ^= value >>> 15;
  }
  return value | 0;
}
