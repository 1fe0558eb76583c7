import { expect, test } from "vitest";
import { wacid } from "../../mock/domain/wacid.ts";

const party = { user: "5511999990000", business: "551130000000" };
const random = Uint8Array.from({ length: 16 }, (_, index) => index * 16 + index);

const text = (value: string) => `18${value.length.toString(16).padStart(2, "0")}${Buffer.from(value).toString("hex")}`;
const someone = (digits: string) => `1c${text(digits)}150200`;

test.each([
  { direction: "inbound", businessInitiated: false, mark: "12" },
  { direction: "outbound", businessInitiated: true, mark: "11" },
])("an $direction wacid holds the user, the direction, the random part and the business", (row) => {
  const id = wacid(party, row.businessInitiated, random);
  expect(id.startsWith("wacid.")).toBe(true);
  expect(Buffer.from(id.slice(6), "base64").toString("hex")).toBe(
    `${someone(party.user)}${row.mark}${text("00112233445566778899AABBCCDDEEFF")}${someone(party.business)}00`,
  );
});

test("the id of a Brazilian mobile begins like Meta's samples", () => {
  expect(wacid(party, false, random)).toMatch(/^wacid\.HBgNNTUxMTk5OTk5MDAwMBUC/);
});
