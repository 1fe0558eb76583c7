/** What stands where something secret stood: the same for the same original, and of the same form. */
export interface StandIns {
  readonly phone: (digits: string) => string;
  readonly metaId: (id: string, kind: string) => string;
  readonly key: (key: string) => string;
}

/** No country has this code, so nobody's phone rings by a stand-in (ITU-T E.164.1: 999 is reserved). */
const nobodysCountry = "999";

/** Stand-ins, counted from one. */
export function standIns(): StandIns {
  const stands = new Map<string, string>();
  const made = new Set<string>();
  const standFor = (original: string, make: (ordinal: number) => string) => {
    // A stand-in that is redacted once more stays what it is.
    if (made.has(original)) return original;
    const known = stands.get(original);
    if (known !== undefined) return known;
    const stand = make(stands.size + 1);
    stands.set(original, stand);
    made.add(stand);
    return stand;
  };
  const keys = new Map<string, string>();
  return {
    phone: (digits) =>
      standFor(
        digits,
        (ordinal) => nobodysCountry + String(ordinal).padStart(digits.length - nobodysCountry.length, "0"),
      ),
    metaId: (id, kind) => standFor(id, (ordinal) => `${kind}.${Buffer.from(`redacted ${ordinal}`).toString("base64")}`),
    key: (key) => {
      // The id of a key is the part of it after `ps_` (AUTH-003): both are the same number's.
      const id = key.replace(/^ps_/, "");
      const stand = keys.get(id) ?? (keys.size === 0 ? "redacted" : `redacted-${keys.size + 1}`);
      keys.set(id, stand);
      return stand;
    },
  };
}
