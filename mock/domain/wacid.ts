import { base64, hex } from "./encoding.ts";
import type { Phone } from "./phone.ts";

/**
 * Builds Meta's call id: `wacid.` and the base64 of one Thrift compact struct, user first in both directions
 * (meta-calling §8; the layout was decoded from live samples).
 *
 * @param party the WhatsApp user and the business number, digits only
 * @param businessInitiated true for an outbound call
 * @param random sixteen bytes, shown inside as 32 upper-case hex characters
 * @example wacid({ user: "5511999990000", business: "551130000000" }, false, bytes) // "wacid.HBgNNTUxMTk5OTk5MDAwMBUC…"
 */
export function wacid(party: { user: Phone; business: Phone }, businessInitiated: boolean, random: Uint8Array): string {
  const bytes = [
    ...partyField(party.user),
    businessInitiated ? 0x11 : 0x12,
    ...stringField(hex(random).toUpperCase()),
    ...partyField(party.business),
    0x00,
  ];
  return `wacid.${base64(Uint8Array.from(bytes))}`;
}

// Field header 1c: the next field is a struct; 15 02: its second member, the i32 one; 00: its end.
function partyField(digits: Phone): number[] {
  return [0x1c, ...stringField(digits), 0x15, 0x02, 0x00];
}

function stringField(text: string): number[] {
  return [0x18, text.length, ...Array.from(text, (character) => character.charCodeAt(0))];
}
