import fc from "fast-check";
import { expect, test } from "vitest";
import {
  DAY,
  HOUR,
  isoTime,
  isRealDate,
  MINUTE,
  parseDuration,
  parseInstant,
  SECOND,
  unixSeconds,
} from "../../mock/domain/time.ts";

test.each([
  ["PT24H", DAY],
  ["P1D", DAY],
  ["P7D", 7 * DAY],
  ["P1W", 7 * DAY],
  ["P1W2DT3H4M5.678S", 9 * DAY + 3 * HOUR + 4 * MINUTE + 5_678],
  ["PT0.3S", 300],
  ["PT0.001S", 1],
  ["PT90M", 90 * MINUTE],
  ["PT0S", 0],
])("%s is %i milliseconds", (text, milliseconds) => {
  expect(parseDuration(text)).toBe(milliseconds);
});

test.each([
  "",
  "P",
  "PT",
  "P1DT",
  "1D",
  "PT1",
  "P1M",
  "P1Y",
  "-PT1S",
  "PT-1S",
  "PT1.5M",
  "PT1.0001S",
  "pt1s",
  " PT1S",
  "PT1S ",
])("%j is no duration", (text) => {
  expect(parseDuration(text)).toBeNull();
});

test.each([
  ["2026-07-03", Date.UTC(2026, 6, 3)],
  ["2026-07-03T10:20", Date.UTC(2026, 6, 3, 10, 20)],
  ["2026-07-03T10:20:30", Date.UTC(2026, 6, 3, 10, 20, 30)],
  ["2026-07-03 10:20:30", Date.UTC(2026, 6, 3, 10, 20, 30)],
  ["2026-07-03t10:20:30z", Date.UTC(2026, 6, 3, 10, 20, 30)],
  ["2026-07-03T10:20:30.4Z", Date.UTC(2026, 6, 3, 10, 20, 30, 400)],
  ["2026-07-03T10:20:30,456Z", Date.UTC(2026, 6, 3, 10, 20, 30, 456)],
  ["2026-07-03T10:20:30.456789123Z", Date.UTC(2026, 6, 3, 10, 20, 30, 456)],
  ["2026-07-03T10:20:30-03:00", Date.UTC(2026, 6, 3, 13, 20, 30)],
  ["2026-07-03T10:20:30+0530", Date.UTC(2026, 6, 3, 4, 50, 30)],
  ["2026-07-03T10:20:30+02", Date.UTC(2026, 6, 3, 8, 20, 30)],
  // A plus that a query turned into a blank is not guessed back, but a blank before Z is harmless.
  ["2026-07-03T10:20:30 Z", Date.UTC(2026, 6, 3, 10, 20, 30)],
])("%s is an instant", (text, at) => {
  expect(parseInstant(text)).toBe(at);
});

test.each([
  "",
  "yesterday",
  "1783036800000",
  "2026",
  "2026-07",
  "2026-7-3",
  "03/07/2026",
  "2026-07-03T",
  "2026-07-03T10:20:30 02:00",
  "2026-07-03T10:20:30.Z",
  "2026-07-03T10:20:30+2",
])("%j is no instant", (text) => {
  expect(parseInstant(text)).toBeNull();
});

test.each([
  "2026-02-30",
  "2025-02-29",
  "2026-13-01",
  "2026-00-10",
  "2026-04-31T10:00",
  "2026-07-03T25:00",
  "2026-07-03T10:60",
  "2026-07-03T10:20:61",
  "2026-07-03T10:20:30+24:00",
])("%s does not exist", (text) => {
  expect(parseInstant(text)).toBeNull();
});

test("29 February exists in a leap year only", () => {
  expect(isRealDate("2028-02-29")).toBe(true);
  expect(isRealDate("2026-02-29")).toBe(false);
});

test("what is written as a time is read back as the same instant", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: Date.UTC(9999, 11, 31) }), (at) => {
      expect(isoTime(at)).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      expect(parseInstant(isoTime(at))).toBe(at);
    }),
    { numRuns: 100 },
  );
});

test("unix seconds are whole and rounded down", () => {
  expect(unixSeconds(1_999)).toBe(1);
  expect(unixSeconds(604_800 * SECOND)).toBe(604_800);
});
