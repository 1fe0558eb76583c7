import { expect, test } from "vitest";
import { evoGoCallId, fbtraceId, prefixedId, realtimeToken, wamid } from "../../mock/domain/ids.ts";

const source = { seed: "s", worldId: "w" };
const at = Date.UTC(2026, 0, 1);

test.each(["call", "conv", "num", "key"] as const)("a %s id is its prefix and a ULID", (prefix) => {
  expect(prefixedId(prefix, source, 0, at)).toMatch(new RegExp(`^${prefix}_01KDVDNA00[0-9A-HJKMNP-TV-Z]{16}$`));
});

test("ids of different kinds share no letters after the prefix", () => {
  const tail = (prefix: "call" | "conv") => prefixedId(prefix, source, 0, at).slice(5);
  expect(tail("call")).not.toBe(tail("conv"));
});

test("an EVO_GO call id is 32 upper-case hex characters", () => {
  expect(evoGoCallId(source, 0)).toMatch(/^[0-9A-F]{32}$/);
});

test("a realtime token is 64 hex characters", () => {
  expect(realtimeToken(source, 0)).toMatch(/^[0-9a-f]{64}$/);
});

test("a message id is wamid. and base64", () => {
  expect(wamid(source, 0)).toMatch(/^wamid\.[A-Za-z0-9+/]{48}$/);
});

test("a trace id has Meta's letters: no plus, no slash, no padding", () => {
  for (let ordinal = 0; ordinal < 200; ordinal++) expect(fbtraceId(source, ordinal)).toMatch(/^A[A-Za-z0-9_-]{22}$/);
});

test("the next ordinal gives another id of every kind", () => {
  expect(prefixedId("call", source, 0, at)).not.toBe(prefixedId("call", source, 1, at));
  expect(evoGoCallId(source, 0)).not.toBe(evoGoCallId(source, 1));
  expect(realtimeToken(source, 0)).not.toBe(realtimeToken(source, 1));
  expect(wamid(source, 0)).not.toBe(wamid(source, 1));
  expect(fbtraceId(source, 0)).not.toBe(fbtraceId(source, 1));
});
