const hexDigits = "0123456789abcdef";

/** Lower-case hexadecimal, two characters a byte. */
export function hex(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += `${hexDigits[byte >>> 4]}${hexDigits[byte & 15]}`;
  return text;
}

/** Base64 with padding; `btoa` exists in browsers and in Node alike. */
export function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/**
 * A ULID: 48 bits of time and 80 random bits in Crockford's base 32, so ids sort by age.
 *
 * @param at milliseconds since 1970
 * @param random ten bytes
 */
export function ulid(at: number, random: Uint8Array): string {
  let time = "";
  for (let rest = at, place = 0; place < 10; place++) {
    time = (crockford[rest % 32] ?? "0") + time;
    rest = Math.floor(rest / 32);
  }
  let tail = "";
  let bits = 0;
  let held = 0;
  for (const byte of random) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      tail += crockford[(held >>> bits) & 31];
    }
    held &= (1 << bits) - 1;
  }
  return time + tail;
}
