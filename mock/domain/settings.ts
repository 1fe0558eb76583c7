/** Meta's `calling` object as the API shows it, SIP left out (meta-calling §6). Keys keep Meta's spelling. */
export interface CallingSettings {
  readonly status: "ENABLED" | "DISABLED" | "NOT_SET";
  readonly call_icon_visibility: "DEFAULT" | "DISABLE_ALL" | "NOT_SET";
  readonly callback_permission_status: "ENABLED" | "DISABLED" | "NOT_SET";
  readonly call_hours?: CallHours;
  readonly voicemail?: Voicemail;
}

export interface CallHours {
  readonly status: "ENABLED" | "DISABLED";
  readonly timezone_id?: string;
  readonly weekly_operating_hours?: readonly OpeningHours[];
  readonly holiday_schedule?: readonly Holiday[];
}

export interface OpeningHours {
  readonly day_of_week: "MONDAY" | "TUESDAY" | "WEDNESDAY" | "THURSDAY" | "FRIDAY" | "SATURDAY" | "SUNDAY";
  readonly open_time: string;
  readonly close_time: string;
}

export interface Holiday {
  readonly date: string;
  readonly start_time: string;
  readonly end_time: string;
}

export interface Voicemail {
  readonly status: "ENABLED" | "DISABLED";
  readonly triggers?: readonly ("REJECT" | "TIMEOUT")[];
  readonly audio?: {
    readonly default?: { readonly announcement_media_id?: string; readonly timeout_seconds?: number };
  };
}

/** The body of `PUT /v1/calls/settings`: whatever is left out keeps its value. */
export interface SettingsChange {
  readonly status?: "ENABLED" | "DISABLED";
  readonly call_icon_visibility?: "DEFAULT" | "DISABLE_ALL";
  readonly callback_permission_status?: "ENABLED" | "DISABLED";
  readonly call_hours?: CallHours;
  readonly voicemail?: Voicemail;
}

/** A number on which nobody ever enabled calling. */
export const neverSet: CallingSettings = {
  status: "NOT_SET",
  call_icon_visibility: "NOT_SET",
  callback_permission_status: "NOT_SET",
};

/** What the gateway leaves behind when it enables calling at connection (pilot-status §3.8, the vendor's example). */
export const enabledAtConnection: CallingSettings = {
  status: "ENABLED",
  call_icon_visibility: "DEFAULT",
  callback_permission_status: "ENABLED",
  call_hours: { status: "DISABLED" },
};

/** Numbers under this messaging limit can't enable calling (138015). */
export const messagingLimitToCall = 2_000;

/** Applies a partial update; a posted `call_hours` replaces the stored one whole (seed §1). */
export function applySettings(settings: CallingSettings, change: SettingsChange): CallingSettings {
  return { ...settings, ...change };
}
