import type { CallHours, OpeningHours } from "../settings.ts";
import type { Instant } from "../time.ts";

/**
 * Whether a person's call may ring now. `DISABLED` means open around the clock; a holiday entry closes its span
 * (meta-calling §6; that a holiday closes rather than opens is an assumption).
 */
export function isWithinCallHours(hours: CallHours | undefined, now: Instant): boolean {
  if (hours === undefined || hours.status === "DISABLED") return true;
  const local = localTime(now, hours.timezone_id ?? "UTC");
  const holiday = (hours.holiday_schedule ?? []).some(
    ({ date, start_time, end_time }) => date === local.date && start_time <= local.time && local.time < end_time,
  );
  if (holiday) return false;
  return (hours.weekly_operating_hours ?? []).some(
    ({ day_of_week, open_time, close_time }) =>
      day_of_week === local.day && open_time <= local.time && local.time < close_time,
  );
}

/** Whether a name is a time zone of this machine's database; an offset such as +03:00 is none. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).format(0) !== "";
  } catch {
    return false;
  }
}

/** The date (YYYY-MM-DD), weekday and wall-clock time (HHMM) in a time zone. */
export function localTime(
  now: Instant,
  timeZone: string,
): { date: string; day: OpeningHours["day_of_week"]; time: string } {
  const parts = new Map(
    new Intl.DateTimeFormat("en-US", {
      timeZone,
      hourCycle: "h23",
      weekday: "short",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
    })
      .formatToParts(now)
      .map(({ type, value }) => [type, value]),
  );
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? "";
  return {
    date: `${part("year")}-${part("month")}-${part("day")}`,
    day: weekdays[part("weekday")] ?? "MONDAY",
    time: `${part("hour")}${part("minute")}`,
  };
}

const weekdays: Readonly<Record<string, OpeningHours["day_of_week"]>> = {
  Mon: "MONDAY",
  Tue: "TUESDAY",
  Wed: "WEDNESDAY",
  Thu: "THURSDAY",
  Fri: "FRIDAY",
  Sat: "SATURDAY",
  Sun: "SUNDAY",
};
