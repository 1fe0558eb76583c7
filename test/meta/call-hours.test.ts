import { describe, expect, test } from "vitest";
import { isTimeZone, isWithinCallHours, localTime } from "../../mock/domain/meta/call-hours.ts";
import type { CallHours } from "../../mock/domain/settings.ts";

const at = (iso: string) => Date.parse(iso);

function open(
  zone: string,
  ...spans: readonly (readonly [day: "SUNDAY" | "MONDAY" | "FRIDAY", from: string, to: string])[]
): CallHours {
  return {
    status: "ENABLED",
    timezone_id: zone,
    weekly_operating_hours: spans.map(([day_of_week, open_time, close_time]) => ({
      day_of_week,
      open_time,
      close_time,
    })),
  };
}

describe("call hours", () => {
  test("META-SET-048: hours that are switched off, or were never set, are open around the clock", () => {
    const closed = open("UTC");
    expect(isWithinCallHours(undefined, at("2026-01-05T03:00:00Z"))).toBe(true);
    expect(isWithinCallHours({ ...closed, status: "DISABLED" }, at("2026-01-05T03:00:00Z"))).toBe(true);
    expect(isWithinCallHours(closed, at("2026-01-05T03:00:00Z"))).toBe(false);
  });

  // 5 January 2026 is a Monday.
  test.each([
    ["2026-01-05T08:59:59.999Z", false],
    ["2026-01-05T09:00:00Z", true],
    ["2026-01-05T17:59:59.999Z", true],
    ["2026-01-05T18:00:00Z", false],
    ["2026-01-06T09:00:00Z", false],
    ["2026-01-12T09:00:00Z", true],
  ])("META-SET-047: from 0900 to 1800 on Mondays, at %s it is open: %s", (now, isOpen) => {
    expect(isWithinCallHours(open("UTC", ["MONDAY", "0900", "1800"]), at(now))).toBe(isOpen);
  });

  test.each([
    ["2026-01-05T11:59:59.999Z", true],
    ["2026-01-05T12:00:00Z", true],
    ["2026-01-05T12:00:00.001Z", true],
  ])("META-SET-047: two spans that touch leave no gap at %s", (now, isOpen) => {
    const hours = open("UTC", ["MONDAY", "0900", "1200"], ["MONDAY", "1200", "1800"]);
    expect(isWithinCallHours(hours, at(now))).toBe(isOpen);
  });

  test.each([
    ["2026-01-05T12:29:59Z", false],
    ["2026-01-05T12:30:00Z", true],
  ])("META-SET-047: between two spans it is closed, at %s open: %s", (now, isOpen) => {
    const hours = open("UTC", ["MONDAY", "0900", "1200"], ["MONDAY", "1230", "1800"]);
    expect(isWithinCallHours(hours, at(now))).toBe(isOpen);
  });

  test("META-SET-047: the day is the zone's, not UTC's", () => {
    const sundayInSaoPaulo = open("America/Sao_Paulo", ["SUNDAY", "2200", "2359"]);
    expect(isWithinCallHours(sundayInSaoPaulo, at("2026-01-05T01:30:00Z"))).toBe(true);
    expect(isWithinCallHours(sundayInSaoPaulo, at("2026-01-04T22:30:00Z"))).toBe(false);
    const mondayInTokyo = open("Asia/Tokyo", ["MONDAY", "0000", "0100"]);
    expect(isWithinCallHours(mondayInTokyo, at("2026-01-04T15:00:00Z"))).toBe(true);
  });

  test("META-SET-047: zones with half and quarter hours", () => {
    expect(isWithinCallHours(open("Asia/Kolkata", ["MONDAY", "0900", "1000"]), at("2026-01-05T03:30:00Z"))).toBe(true);
    expect(isWithinCallHours(open("Asia/Kathmandu", ["MONDAY", "0900", "1000"]), at("2026-01-05T03:14:59Z"))).toBe(
      false,
    );
    expect(isWithinCallHours(open("Asia/Kathmandu", ["MONDAY", "0900", "1000"]), at("2026-01-05T03:15:00Z"))).toBe(
      true,
    );
  });
});

describe("summer time", () => {
  // New York changes on Sunday, 8 March, and on Sunday, 1 November 2026.
  test.each([
    ["the Monday before", "2026-03-02T13:59:59Z", false],
    ["the Monday before", "2026-03-02T14:00:00Z", true],
    ["the Monday after", "2026-03-09T12:59:59Z", false],
    ["the Monday after", "2026-03-09T13:00:00Z", true],
    ["the Monday in winter again", "2026-11-02T13:59:59Z", false],
    ["the Monday in winter again", "2026-11-02T14:00:00Z", true],
  ])("META-SET-047: 0900 in New York on %s, at %s open: %s", (_day, now, isOpen) => {
    expect(isWithinCallHours(open("America/New_York", ["MONDAY", "0900", "1800"]), at(now))).toBe(isOpen);
  });

  test("META-SET-047: an hour that the clock skips is never open", () => {
    const skipped = open("America/New_York", ["SUNDAY", "0200", "0300"]);
    for (const now of ["2026-03-08T06:59:59Z", "2026-03-08T07:00:00Z", "2026-03-08T07:30:00Z"]) {
      expect(isWithinCallHours(skipped, at(now))).toBe(false);
    }
    expect(isWithinCallHours(skipped, at("2026-03-15T06:30:00Z"))).toBe(true);
  });

  test("META-SET-047: an hour that the clock repeats is open twice", () => {
    const repeated = open("America/New_York", ["SUNDAY", "0100", "0200"]);
    const times = ["2026-11-01T04:59:59Z", "2026-11-01T05:30:00Z", "2026-11-01T06:30:00Z", "2026-11-01T07:00:00Z"];
    expect(times.map((now) => isWithinCallHours(repeated, at(now)))).toEqual([false, true, true, false]);
  });
});

describe("holidays", () => {
  const hours: CallHours = {
    ...open("America/Sao_Paulo", ["FRIDAY", "0000", "2359"]),
    holiday_schedule: [{ date: "2026-12-25", start_time: "1200", end_time: "1800" }],
  };

  // 25 December 2026 is a Friday, and São Paulo is three hours behind UTC.
  test.each([
    ["2026-12-25T14:59:59Z", true],
    ["2026-12-25T15:00:00Z", false],
    ["2026-12-25T20:59:59Z", false],
    ["2026-12-25T21:00:00Z", true],
    ["2026-12-18T15:00:00Z", true],
  ])("META-SET-055: a holiday closes its span of the zone's day, at %s open: %s", (now, isOpen) => {
    expect(isWithinCallHours(hours, at(now))).toBe(isOpen);
  });

  test("META-SET-048: hours that are switched off know no holidays", () => {
    expect(isWithinCallHours({ ...hours, status: "DISABLED" }, at("2026-12-25T15:00:00Z"))).toBe(true);
  });
});

describe("the wall clock of a zone", () => {
  test.each([
    ["2026-01-01T00:00:00Z", "UTC", { date: "2026-01-01", day: "THURSDAY", time: "0000" }],
    ["2026-01-01T00:00:00Z", "America/Sao_Paulo", { date: "2025-12-31", day: "WEDNESDAY", time: "2100" }],
    ["2026-01-01T12:00:00Z", "Pacific/Kiritimati", { date: "2026-01-02", day: "FRIDAY", time: "0200" }],
    ["2026-03-29T00:59:59Z", "Europe/Berlin", { date: "2026-03-29", day: "SUNDAY", time: "0159" }],
    ["2026-03-29T01:00:00Z", "Europe/Berlin", { date: "2026-03-29", day: "SUNDAY", time: "0300" }],
  ] as const)("META-SET-047: at %s in %s", (now, zone, expected) => {
    expect(localTime(at(now), zone)).toEqual(expected);
  });

  test.each(["America/Sao_Paulo", "Europe/Berlin", "Asia/Kathmandu", "UTC"])("META-SET-028: %s is a zone", (name) => {
    expect(isTimeZone(name)).toBe(true);
  });

  test.each(["", "Mars/Olympus", "+03:00", "-0300", "America/", "Sao Paulo"])("META-SET-028: %j is none", (name) => {
    expect(isTimeZone(name)).toBe(false);
  });
});
