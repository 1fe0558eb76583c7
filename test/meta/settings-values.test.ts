import { describe, expect, test } from "vitest";
import { testSandbox } from "../support/sandbox.ts";

const monday = { day_of_week: "MONDAY", open_time: "0900", close_time: "1800" };
const zone = { status: "ENABLED", timezone_id: "America/Sao_Paulo" };
const hours = { ...zone, weekly_operating_hours: [monday] };
const span = (open_time: string, close_time: string, day_of_week = "MONDAY") => ({
  day_of_week,
  open_time,
  close_time,
});
const week = (...spans: readonly object[]) => ({ call_hours: { ...zone, weekly_operating_hours: spans } });
const holiday = (date: string, start_time = "0000", end_time = "2359") => ({ date, start_time, end_time });
const holidays = (...days: readonly object[]) => ({ call_hours: { ...hours, holiday_schedule: days } });
const days = (count: number) =>
  Array.from({ length: count }, (_, nth) => holiday(`2026-12-${String(nth + 1).padStart(2, "0")}`));

async function put(body: unknown) {
  const sandbox = testSandbox();
  const before = (await sandbox.api("meta", "GET", "/calls/settings")).body;
  const answer = await sandbox.api("meta", "PUT", "/calls/settings", body);
  return {
    answer,
    unchanged: JSON.stringify((await sandbox.api("meta", "GET", "/calls/settings")).body) === JSON.stringify(before),
  };
}

/** Rules of Meta's: the shape is right and the value is not. */
const byMeta: readonly (readonly [entry: string, what: string, body: unknown, field: string])[] = [
  [
    "META-SET-027",
    "hours without timezone_id",
    { call_hours: { status: "ENABLED", weekly_operating_hours: [monday] } },
    "call_hours.timezone_id",
  ],
  [
    "META-SET-028",
    "an invented zone",
    { call_hours: { ...hours, timezone_id: "Mars/Olympus" } },
    "call_hours.timezone_id",
  ],
  [
    "META-SET-028",
    "an offset for a zone",
    { call_hours: { ...hours, timezone_id: "+03:00" } },
    "call_hours.timezone_id",
  ],
  ["META-SET-029", "hours without a week", { call_hours: zone }, "call_hours.weekly_operating_hours"],
  ["META-SET-030", "an empty week", week(), "call_hours.weekly_operating_hours"],
  ["META-SET-033", "opening when it closes", week(span("0900", "0900")), "call_hours.weekly_operating_hours"],
  ["META-SET-033", "a night", week(span("2200", "0600")), "call_hours.weekly_operating_hours"],
  [
    "META-SET-034",
    "three entries for a day",
    week(span("0100", "0200"), span("0300", "0400"), span("0500", "0600")),
    "call_hours.weekly_operating_hours",
  ],
  [
    "META-SET-035",
    "an overlap of a minute",
    week(span("0900", "1201"), span("1200", "1800")),
    "call_hours.weekly_operating_hours",
  ],
  [
    "META-SET-035",
    "an overlap, later span first",
    week(span("1200", "1800"), span("0900", "1300")),
    "call_hours.weekly_operating_hours",
  ],
  ["META-SET-035", "the same span twice", week(monday, monday), "call_hours.weekly_operating_hours"],
  ["META-SET-036", "21 holidays", holidays(...days(21)), "call_hours.holiday_schedule"],
  ["META-SET-037", "30 February", holidays(holiday("2026-02-30")), "call_hours.holiday_schedule"],
  ["META-SET-037", "29 February of no leap year", holidays(holiday("2027-02-29")), "call_hours.holiday_schedule"],
  ["META-SET-037", "a thirteenth month", holidays(holiday("2026-13-01")), "call_hours.holiday_schedule"],
  ["META-SET-038", "the day before yesterday", holidays(holiday("2025-12-30")), "call_hours.holiday_schedule"],
  [
    "META-SET-040",
    "a holiday that ends as it starts",
    holidays(holiday("2026-12-25", "1200", "1200")),
    "call_hours.holiday_schedule",
  ],
  [
    "META-SET-040",
    "a holiday that ends before it starts",
    holidays(holiday("2026-12-25", "1800", "0900")),
    "call_hours.holiday_schedule",
  ],
  ["META-SET-042", "voicemail without triggers", { voicemail: { status: "ENABLED" } }, "voicemail.triggers"],
  [
    "META-SET-042",
    "voicemail with no trigger",
    { voicemail: { status: "ENABLED", triggers: [] } },
    "voicemail.triggers",
  ],
];

/** Bodies of a shape that the API does not take. */
const byShape: readonly (readonly [entry: string, what: string, body: unknown, path: string])[] = [
  ["META-SET-016", "status NOT_SET", { status: "NOT_SET" }, "status"],
  ["META-SET-016", "status in lower case", { status: "enabled" }, "status"],
  ["META-SET-016", "status true", { status: true }, "status"],
  [
    "META-SET-017",
    "call_icon_visibility as one page prints it",
    { call_icon_visibility: "DISABLE ALL" },
    "call_icon_visibility",
  ],
  ["META-SET-017", "call_icon_visibility null", { call_icon_visibility: null }, "call_icon_visibility"],
  [
    "META-SET-018",
    "callback_permission_status NOT_SET",
    { callback_permission_status: "NOT_SET" },
    "callback_permission_status",
  ],
  ["META-SET-024", "hours without status", { call_hours: { timezone_id: "Europe/Berlin" } }, "call_hours.status"],
  ["META-SET-024", "empty hours", { call_hours: {} }, "call_hours.status"],
  ["META-SET-026", "hours with another status", { call_hours: { ...hours, status: "ON" } }, "call_hours.status"],
  [
    "META-SET-031",
    "a shortened day",
    week(span("0900", "1800", "MON")),
    "call_hours.weekly_operating_hours[0].day_of_week",
  ],
  ["META-SET-032", "hours with a colon", week(span("09:00", "1800")), "call_hours.weekly_operating_hours[0].open_time"],
  ["META-SET-032", "24 o'clock", week(span("0900", "2400")), "call_hours.weekly_operating_hours[0].close_time"],
  ["META-SET-032", "60 minutes", week(span("0960", "1800")), "call_hours.weekly_operating_hours[0].open_time"],
  ["META-SET-037", "a German date", holidays(holiday("25.12.2026")), "call_hours.holiday_schedule[0].date"],
  [
    "META-SET-039",
    "a holiday of three digits",
    holidays(holiday("2026-12-25", "900")),
    "call_hours.holiday_schedule[0].start_time",
  ],
  ["META-SET-041", "voicemail ON", { voicemail: { status: "ON" } }, "voicemail.status"],
  [
    "META-SET-043",
    "an unknown trigger",
    { voicemail: { status: "ENABLED", triggers: ["BUSY"] } },
    "voicemail.triggers[0]",
  ],
  [
    "META-SET-044",
    "31 seconds",
    { voicemail: { status: "DISABLED", audio: { default: { timeout_seconds: 31 } } } },
    "voicemail.audio.default.timeout_seconds",
  ],
  [
    "META-SET-044",
    "-1 seconds",
    { voicemail: { status: "DISABLED", audio: { default: { timeout_seconds: -1 } } } },
    "voicemail.audio.default.timeout_seconds",
  ],
];

/** What stands just inside of the rules. */
const accepted: readonly (readonly [entry: string, what: string, body: object])[] = [
  ["META-SET-025", "hours that are only switched off", { call_hours: { status: "DISABLED" } }],
  ["META-SET-014", "an empty update", {}],
  [
    "META-SET-034",
    "two entries for a day, and one for another",
    week(span("0900", "1200"), span("1300", "1800"), span("0900", "1200", "SUNDAY")),
  ],
  ["META-SET-035", "two spans that touch", week(span("0900", "1200"), span("1200", "1800"))],
  ["META-SET-035", "equal spans on two days", week(monday, { ...monday, day_of_week: "TUESDAY" })],
  ["META-SET-032", "the whole day", week(span("0000", "2359"))],
  ["META-SET-036", "exactly 20 holidays", holidays(...days(20))],
  ["META-SET-036", "no holidays", holidays()],
  ["META-SET-037", "29 February of a leap year", holidays(holiday("2028-02-29"))],
  ["META-SET-038", "today, where it is still the last of December", holidays(holiday("2025-12-31"))],
  [
    "META-SET-044",
    "0 seconds",
    { voicemail: { status: "ENABLED", triggers: ["TIMEOUT"], audio: { default: { timeout_seconds: 0 } } } },
  ],
  [
    "META-SET-044",
    "30 seconds",
    { voicemail: { status: "ENABLED", triggers: ["TIMEOUT"], audio: { default: { timeout_seconds: 30 } } } },
  ],
  ["META-SET-042", "voicemail that is switched off without triggers", { voicemail: { status: "DISABLED" } }],
];

describe("values of an update", () => {
  test.each(byMeta)("%s, META-SET-045: %s is refused by Meta, with the field", async (entry, _what, body, field) => {
    const { answer, unchanged } = await put(body);
    expect(answer).toMatchObject({
      status: 400,
      behaviour: entry,
      body: { code: "META_INVALID_PARAMETER", details: { meta: { code: 100 } } },
    });
    expect(answer.body.details.meta.error_data.details).toMatch(new RegExp(`^${field.replaceAll(".", "\\.")}: `));
    expect(answer.body.error).toContain(field);
    expect(unchanged).toBe(true);
  });

  test.each(byShape)(
    "%s, META-SET-045: %s is refused by the gateway, with the path",
    async (_entry, _what, body, path) => {
      const { answer, unchanged } = await put(body);
      expect(answer).toMatchObject({ status: 400, body: { code: "VALIDATION_ERROR" } });
      expect(answer.body.details.issues).toContainEqual({ path, message: expect.stringContaining(path) });
      expect(unchanged).toBe(true);
    },
  );

  test.each(accepted)("%s: %s is accepted and read back", async (_entry, _what, body) => {
    const sandbox = testSandbox();
    expect((await sandbox.api("meta", "PUT", "/calls/settings", body)).body).toEqual({ success: true });
    expect((await sandbox.api("meta", "GET", "/calls/settings")).body.calling).toMatchObject(body);
  });

  test("META-SET-038: what is past depends on the zone of the hours", async () => {
    const berlin = {
      call_hours: { ...hours, timezone_id: "Europe/Berlin", holiday_schedule: [holiday("2025-12-31")] },
    };
    expect((await put(berlin)).answer.behaviour).toBe("META-SET-038");
  });
});
