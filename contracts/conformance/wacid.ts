/** What Meta's id of a call says. */
export interface WacidParts {
  /** Digits. */
  readonly user: string;
  readonly business: string;
  readonly initiatedBy: "business" | "user";
  /** What tells the calls between the two apart. */
  readonly id: string;
}

// One Thrift compact struct, here in hex: the user, who called, a text, the business, and perhaps one number more
// (meta-calling §8, decoded from live samples).
const layout = /^1c18(..)((?:3\d)+)15..00(11|12)1820((?:..){32})1c18(..)((?:3\d)+)15..00(?:15..)?00$/;

/**
 * Takes a wacid apart.
 *
 * @returns null for a text of another layout
 * @example readWacid("wacid.HBgNNTUx…")?.initiatedBy // "business"
 */
export function readWacid(wacid: string): WacidParts | null {
  const [prefix, encoded = ""] = wacid.split(".");
  const found = prefix === "wacid" ? layout.exec(Buffer.from(encoded, "base64").toString("hex")) : null;
  if (found === null) return null;
  const [, userLength = "", user = "", direction, id = "", businessLength = "", business = ""] = found;
  if (!isLength(userLength, user) || !isLength(businessLength, business)) return null;
  return {
    user: ascii(user),
    business: ascii(business),
    initiatedBy: initiators[direction ?? ""] ?? "user",
    id: ascii(id),
  };
}

const initiators: Readonly<Record<string, WacidParts["initiatedBy"]>> = { "11": "business", "12": "user" };

function isLength(stated: string, hex: string): boolean {
  return Number.parseInt(stated, 16) === hex.length / 2;
}

function ascii(hex: string): string {
  return Buffer.from(hex, "hex").toString("latin1");
}
