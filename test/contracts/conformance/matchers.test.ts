import { describe, expect, it } from "vitest";
import type { Expected } from "../../../contracts/conformance/case.ts";
import { compare } from "../../../contracts/conformance/matchers.ts";

const now = new Date("2026-01-01T00:00:05.000Z");

describe("a matcher", () => {
  it.each<[Expected, unknown]>([
    ["RINGING", "RINGING"],
    [null, null],
    [3, 3],
    ["<any>", 0],
    ["<absent>", undefined],
    ["<string>", "x"],
    ["<integer>", 12],
    ["<instant>", "2026-01-01T00:00:05.000Z"],
    ["<now>", "2026-01-01T00:00:05.000Z"],
    ["<now - 5s>", "2026-01-01T00:00:00.000Z"],
    ["<unix now + 7d>", 1767830405],
    ["<unix now>", "1767225605"],
    ["<callId>", "call_01HZX00000000000000000000A"],
    ["<hexId>", "0123456789ABCDEF0123456789ABCDEF"],
    ["/^order-\\d+$/", "order-42"],
    [{ a: 1 }, { a: 1, b: 2 }],
    [
      [1, "<rest>"],
      [1, 2, 3],
    ],
    [["<rest>"], []],
    [{ a: { b: ["<string>"] } }, { a: { b: ["x"] } }],
  ])("%j takes %j", (expected, actual) => {
    expect(compare(expected, actual, "", now)).toEqual([]);
  });

  it.each<[Expected, unknown, string]>([
    ["RINGING", "ACCEPTED", ""],
    [null, undefined, ""],
    [3, "3", ""],
    ["<any>", undefined, ""],
    ["<absent>", null, ""],
    ["<string>", "", ""],
    ["<integer>", 1.5, ""],
    ["<instant>", "2026-01-01T00:00:05Z", ""],
    ["<now>", "2026-01-01T00:00:05.001Z", ""],
    ["<unix now>", 1767225606, ""],
    ["<hexId>", "0123456789abcdef0123456789abcdef", ""],
    ["/^order-\\d+$/", "border-42", ""],
    [{ a: 1 }, { b: 1 }, "a"],
    [{ a: 1 }, [1], ""],
    [[1], [1, 2], ""],
    [[1, 2, "<rest>"], [1], ""],
    [{ a: [{ b: 1 }] }, { a: [{ b: 2 }] }, "a[0].b"],
  ])("%j refuses %j, and says where", (expected, actual, path) => {
    expect(compare(expected, actual, "", now)).toEqual([expect.objectContaining({ path })]);
  });

  it("of time refuses everything where the service's time is not known", () => {
    expect(compare("<now>", "2026-01-01T00:00:05.000Z", "startedAt", null)).toHaveLength(1);
  });
});
