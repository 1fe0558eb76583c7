import { expect, it } from "vitest";
import { readWacid } from "../../../contracts/conformance/wacid.ts";

const user = { digits: "5511999990000", kind: 0x02 };
const business = { digits: "551130000000", kind: 0x02 };
const id = "0123456789ABCDEF0123456789ABCDEF";

interface Party {
  readonly digits: string;
  readonly kind: number;
}

const text = (value: string) => [0x18, value.length, ...Buffer.from(value)];
const party = ({ digits, kind }: Party) => [0x1c, ...text(digits), 0x15, kind, 0x00];

function wacid(from: Party, direction: number, to: Party, ...more: readonly number[]): string {
  const bytes = [...party(from), direction, ...text(id), ...party(to), ...more, 0x00];
  return `wacid.${Buffer.from(bytes).toString("base64")}`;
}

it("reads the layout of live samples", () => {
  const sample =
    "wacid.HBgNNTUxMTk5OTk5MDAwMBUCABIYIDAxMjM0NTY3ODlBQkNERUYwMTIzNDU2Nzg5QUJDREVGHBgMNTUxMTMwMDAwMDAwFQIAAA==";
  expect(readWacid(sample)).toEqual({ user: user.digits, business: business.digits, initiatedBy: "user", id });
  expect(readWacid(wacid(user, 0x11, business))?.initiatedBy).toBe("business");
});

it("reads the forms that were seen beside it: a user known by a LID, one number more, no padding", () => {
  const lid = { digits: "123456789012345", kind: 0x12 };
  expect(readWacid(wacid(lid, 0x12, business))?.user).toBe(lid.digits);
  expect(readWacid(wacid(user, 0x12, business, 0x15, 0x18))?.id).toBe(id);
  expect(readWacid(wacid(user, 0x12, business).replace(/=+$/, ""))?.id).toBe(id);
});

it.each([
  ["a placeholder of the documentation", "wacid.ABGGFlA5Fpa"],
  ["another prefix", wacid(user, 0x11, business).replace("wacid", "wamid")],
  ["a direction that nobody saw", wacid(user, 0x13, business)],
  ["a length that is wrong", wacid(user, 0x11, business).replace("HBgN", "HBgM")],
  ["no dot", "wacid"],
])("reads nothing in %s", (_title, other) => {
  expect(readWacid(other)).toBeNull();
});
