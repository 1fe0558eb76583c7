import type { BehaviourId } from "../../../spec/generated/behaviour-ids.ts";
import type { MetaNumber } from "../number.ts";
import { type Refusal, refuseByMeta } from "../refusals/refusal.ts";
import { type CallHours, messagingLimitToCall, type SettingsChange, type Voicemail } from "../settings.ts";
import { type Instant, isRealDate } from "../time.ts";
import { isTimeZone, localTime } from "./call-hours.ts";

interface Fault {
  readonly field: string;
  readonly message: string;
  readonly behaviour: BehaviourId;
}

/** Meta's rules on a change of settings that go beyond the shape of the body (meta-calling §6). */
export function refuseSettings(number: MetaNumber, change: SettingsChange, now: Instant): Refusal | null {
  const fault = hoursFault(change.call_hours, now) ?? voicemailFault(change.voicemail);
  if (fault !== null) {
    return refuseByMeta(100, {
      message: `${fault.field}: ${fault.message} Nothing was changed.`,
      behaviour: fault.behaviour,
      details: `${fault.field}: ${fault.message}`,
    });
  }
  return change.status === "ENABLED" ? refuseEnabling(number) : null;
}

/** What stands in the way of calling itself: the messaging limit first, then the subscription. */
function refuseEnabling(number: MetaNumber): Refusal | null {
  if (number.messagingLimit < messagingLimitToCall && !number.testNumber) {
    return refuseByMeta(138015, {
      message: `Calling can't be enabled: the messaging limit is ${number.messagingLimit} a day and must be at least ${messagingLimitToCall}. It grows on the real service; here PATCH …/numbers/{id} {"messagingLimit":2000} raises it.`,
      behaviour: "META-SET-019",
    });
  }
  if (!number.callsSubscribed && !number.sipEnabled) {
    return refuseByMeta(138018, {
      message:
        "Calling can't be enabled: no app is subscribed to the webhook field calls. Subscribe first, enable second.",
      behaviour: "META-SET-021",
    });
  }
  return null;
}

function hoursFault(hours: CallHours | undefined, now: Instant): Fault | null {
  if (hours === undefined) return null;
  return missingHours(hours) ?? zoneFault(hours) ?? weekFault(hours) ?? holidayFault(hours, now);
}

function missingHours(hours: CallHours): Fault | null {
  if (hours.status !== "ENABLED") return null;
  if (hours.timezone_id === undefined) {
    return {
      field: "call_hours.timezone_id",
      message: "is required when call_hours is ENABLED, and is missing.",
      behaviour: "META-SET-027",
    };
  }
  if (hours.weekly_operating_hours === undefined) {
    return {
      field: "call_hours.weekly_operating_hours",
      message: "is required when call_hours is ENABLED, and is missing.",
      behaviour: "META-SET-029",
    };
  }
  return null;
}

function zoneFault({ timezone_id }: CallHours): Fault | null {
  if (timezone_id === undefined || isTimeZone(timezone_id)) return null;
  return {
    field: "call_hours.timezone_id",
    message: `must be a time zone such as America/Sao_Paulo, but is ${JSON.stringify(timezone_id)}.`,
    behaviour: "META-SET-028",
  };
}

function weekFault({ weekly_operating_hours: week }: CallHours): Fault | null {
  const field = "call_hours.weekly_operating_hours";
  if (week === undefined) return null;
  if (week.length === 0) return { field, message: "must not be empty.", behaviour: "META-SET-030" };
  const byDay = Map.groupBy(week, ({ day_of_week }) => day_of_week);
  for (const [day, spans] of byDay) {
    const backwards = spans.find(({ open_time, close_time }) => open_time >= close_time);
    if (backwards !== undefined) {
      return {
        field,
        message: `open_time must be before close_time, but on ${day} ${backwards.open_time} is not before ${backwards.close_time}.`,
        behaviour: "META-SET-033",
      };
    }
    if (spans.length > 2)
      return {
        field,
        message: `may hold two entries for one day, but holds ${spans.length} for ${day}.`,
        behaviour: "META-SET-034",
      };
    const [first, second] = spans.toSorted((a, b) => (a.open_time < b.open_time ? -1 : 1));
    if (first !== undefined && second !== undefined && second.open_time < first.close_time) {
      return {
        field,
        message: `the entries of ${day} overlap: ${first.open_time}-${first.close_time} and ${second.open_time}-${second.close_time}.`,
        behaviour: "META-SET-035",
      };
    }
  }
  return null;
}

function holidayFault(hours: CallHours, now: Instant): Fault | null {
  const field = "call_hours.holiday_schedule";
  const holidays = hours.holiday_schedule ?? [];
  if (holidays.length > 20)
    return { field, message: `may hold 20 entries, but holds ${holidays.length}.`, behaviour: "META-SET-036" };
  const today = localTime(now, hours.timezone_id ?? "UTC").date;
  for (const { date, start_time, end_time } of holidays) {
    if (!isRealDate(date))
      return { field, message: `${date} is no day of the calendar; write YYYY-MM-DD.`, behaviour: "META-SET-037" };
    if (date < today)
      return { field, message: `${date} is in the past; today is ${today}.`, behaviour: "META-SET-038" };
    if (start_time >= end_time)
      return {
        field,
        message: `start_time must be before end_time, but on ${date} ${start_time} is not before ${end_time}.`,
        behaviour: "META-SET-040",
      };
  }
  return null;
}

function voicemailFault(voicemail: Voicemail | undefined): Fault | null {
  if (voicemail?.status !== "ENABLED" || (voicemail.triggers ?? []).length > 0) return null;
  return {
    field: "voicemail.triggers",
    message: "must name REJECT or TIMEOUT when voicemail is ENABLED.",
    behaviour: "META-SET-042",
  };
}
