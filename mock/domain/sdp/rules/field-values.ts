import { attributeOf, type SdpLine } from "../read/lines.ts";
import type { Hit } from "./rule.ts";

interface Shape {
  readonly pattern: RegExp;
  readonly want: string;
}

// RFC 8866 §9. Every pattern is anchored and has no two neighbours that match the same character, so none backtracks.
const fields: ReadonlyMap<string, Shape> = new Map([
  ["v", { pattern: /^0$/, want: "v=0" }],
  [
    "o",
    {
      pattern: /^\S+ \d+ \d+ IN (?:IP4|IP6) \S+$/,
      want: "six fields, o=<user> <session id> <version> IN IP4|IP6 <address>",
    },
  ],
  ["t", { pattern: /^\d+ \d+$/, want: "t=<start> <stop>" }],
  ["c", { pattern: /^IN (?:IP4|IP6) \S+$/, want: "c=IN IP4|IP6 <address>" }],
  ["b", { pattern: /^[\w-]+:\d+$/, want: "b=<type>:<number>" }],
  ["m", { pattern: /^\w+ \d{1,5} [\w/]+(?: \S+)+$/, want: "m=<media> <port> <protocol> <formats>" }],
  ["a", { pattern: /^[\w!#$%&'*+\-.^`{|}~]+(?::.+)?$/, want: "a=<name> or a=<name>:<value>" }],
]);

// - and _ in ICE values are tolerated beyond the RFC: some stacks draw from the alphabet of base64url (assumption).
// RFC 8866 §6.6, RFC 8839 §5.1 and §5.4, RFC 5576 §4.1, RFC 8842 §5.2, RFC 5888 §4.
const attributes: ReadonlyMap<string, Shape> = new Map([
  ["rtpmap", { pattern: /^\d{1,3} [\w.-]+\/\d+(?:\/\d+)?$/, want: "a=rtpmap:<type> <name>/<rate>[/<channels>]" }],
  [
    "candidate",
    {
      pattern: /^[\w+/-]{1,32} \d{1,5} \w+ \d{1,10} \S+ \d{1,5} typ \S+(?: .+)?$/,
      want: "a=candidate:<foundation> <component> <transport> <priority> <address> <port> typ <type>",
    },
  ],
  ["ssrc", { pattern: /^\d{1,10} \S.*$/, want: "a=ssrc:<number> <attribute>" }],
  ["setup", { pattern: /^(?:active|passive|actpass|holdconn)$/, want: "active, passive, actpass or holdconn" }],
  ["ice-ufrag", { pattern: /^[\w+/-]{4,256}$/, want: "4 to 256 letters, digits, + or /" }],
  ["ice-pwd", { pattern: /^[\w+/-]{22,256}$/, want: "22 to 256 letters, digits, + or /" }],
  ["mid", { pattern: /^[\w!#$%&'*+\-.^`{|}~]+$/, want: "a=mid:<token>" }],
]);

/** The lines whose value is not what RFC 8866 (or the RFC of the attribute) has for them. */
export function wrongValues(lines: readonly SdpLine[]): readonly Hit[] {
  return lines.flatMap((line) => {
    const want = wantedValue(line);
    return want === null ? [] : [{ line: line.number, detail: want }];
  });
}

/** What the line should have been, or null when it is fine. */
function wantedValue(line: SdpLine): string | null {
  const letter = line.text[0] ?? "";
  const value = line.text.slice(2);
  const shape = fields.get(letter);
  if (shape !== undefined && !shape.pattern.test(value)) return shape.want;
  if (letter === "m") return mediaValue(value);
  const attribute = attributeOf(line);
  const inside = attribute === null ? undefined : attributes.get(attribute.name);
  return inside === undefined || inside.pattern.test(attribute?.value ?? "") ? null : inside.want;
}

function mediaValue(value: string): string | null {
  const [, port, protocol, ...formats] = value.split(" ");
  if (Number(port) > 65_535) return "a port up to 65535";
  if (!protocol?.includes("RTP")) return null;
  return formats.every((format) => /^\d{1,3}$/.test(format) && Number(format) < 128) ? null : "payload types 0 to 127";
}
