import { expect, test } from "vitest";
import { Tally } from "../../../contracts/proxy/tally.ts";

test("PROXY-015: reasons that quote a client are told apart up to a number, and all are counted", () => {
  const tally = new Tally();
  const finding = { number: 1, method: "GET", target: "/v1/calls", operation: null, departures: [], exchange: null };
  for (let count = 0; count < 1_000; count++) tally.add({ ...finding, notJudged: `coding ${count} is unknown` });
  const reasons = Object.entries(tally.summary("http://a.test").notJudged);
  expect(reasons.length).toBeLessThan(100);
  expect(reasons.reduce((sum, [, count]) => sum + count, 0)).toBe(1_000);
});
