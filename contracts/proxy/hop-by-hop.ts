/**
 * Fields that belong to one connection and are not forwarded, whether `Connection` names them or not (RFC 9110 §7.6.1).
 * `Trailer` goes with the trailers, which are not forwarded (RFC 9110 §6.5.1), and Node refuses to write it next to a
 * length.
 */
const always: ReadonlySet<string> = new Set([
  "connection",
  "proxy-connection",
  "keep-alive",
  "te",
  "trailer",
  "upgrade",
  "proxy-authenticate",
  "proxy-authorization",
]);

/** Names and values in turn, as Node's `rawHeaders` has them. */
export type RawHeaders = readonly string[];

/**
 * Leaves out the fields of one connection, those that `Connection` names included. The others keep order, case and
 * repetition. `Transfer-Encoding` stays: Node takes the frames off and puts its own on, as the field says.
 */
export function endToEnd(raw: RawHeaders): string[] {
  const pairs = pairsOf(raw);
  const named = pairs
    .filter(([name]) => name.toLowerCase() === "connection")
    .flatMap(([, value]) => value.split(",").map((token) => token.trim().toLowerCase()));
  // The length and framing of a message are not a sender's to hide.
  const kept = new Set(["content-length", "transfer-encoding", "host"]);
  const dropped = new Set([...always, ...named.filter((name) => !kept.has(name))]);
  return pairs.filter(([name]) => !dropped.has(name.toLowerCase())).flat();
}

/** The headers with one field put in place of all of its name. */
export function replaced(raw: RawHeaders, name: string, value: string): string[] {
  const others = pairsOf(raw).filter(([present]) => present.toLowerCase() !== name.toLowerCase());
  return [name, value, ...others.flat()];
}

/** The headers as judges and recordings read them: lower case, repeated ones joined (RFC 9110 §5.3). */
export function asRecord(raw: RawHeaders): Readonly<Record<string, string>> {
  const record = new Map<string, string>();
  for (const [name, value] of pairsOf(raw)) {
    const key = name.toLowerCase();
    const before = record.get(key);
    record.set(key, before === undefined ? value : `${before}, ${value}`);
  }
  return Object.fromEntries(record);
}

function pairsOf(raw: RawHeaders): (readonly [string, string])[] {
  const pairs: (readonly [string, string])[] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) pairs.push([raw[index] ?? "", raw[index + 1] ?? ""]);
  return pairs;
}
