import type { MetaErrorStatus } from "./api/error-body.ts";
import type { ControlAccess } from "./control/guard.ts";
import type { WorldMode } from "./domain/state.ts";
import { type Instant, parseInstant } from "./domain/time.ts";
import type { Script } from "./people/script.ts";
import type { ClockMode } from "./world/clock.ts";

/** What can be chosen of a sandbox. */
export interface SandboxOptions {
  /** Where ids come from: the same seed and the same requests give the same bytes. Default `"calls-sandbox"`. */
  readonly seed?: string;
  /** `real` runs with the machine, `virtual` stands still until it is advanced. Default `real`. */
  readonly clock?: ClockMode;
  /** World time at the start, ISO 8601; the present unless given. */
  readonly now?: string;
  /** `manual`: nobody rings or answers until the control API says so. Default `scripted`. */
  readonly mode?: WorldMode;
  /** Refuses whatever any of the sources refuses or doesn't show. Default false. */
  readonly strict?: boolean;
  /** Checks every answer against the specification before it leaves. Default false. */
  readonly validateResponses?: boolean;
  /** Whose HTTP status a forwarded Meta error has. Default `gateway`. */
  readonly metaErrorStatus?: MetaErrorStatus;
  /** What a bad SDP is reported as: 138008, as implementers see it, or 100, as Meta's table says. Default 138008. */
  readonly sdpErrorCode?: 138008 | 100;
  /** The public base of the media host, without a path. Default `ws://127.0.0.1:4011`. */
  readonly mediaUrl?: string;
  /** Scripts of your own; one with a built-in name takes its place. */
  readonly scripts?: readonly Script[];
  /** What the control API asks for over HTTP. Without one it answers local programs and pages only. */
  readonly controlToken?: string;
}

/** The options with every default filled in. */
export interface SandboxSettings {
  readonly seed: string;
  readonly clock: ClockMode;
  readonly now: Instant | null;
  readonly mode: WorldMode;
  readonly strict: boolean;
  readonly validateResponses: boolean;
  readonly metaErrorStatus: MetaErrorStatus;
  readonly sdpErrorCode: 138008 | 100;
  readonly mediaUrl: string;
  readonly scripts: readonly Script[];
  readonly control: ControlAccess;
}

/** An option that doesn't exist or can't have that value; the message names it and what it takes. */
export class SandboxOptionError extends Error {
  override readonly name = "SandboxOptionError";
  readonly option: string;

  constructor(option: string, expected: string, received: unknown) {
    super(`The option ${option} must be ${expected}, but was ${JSON.stringify(received)}.`);
    this.option = option;
  }
}

type Check = { readonly expected: string; readonly accepts: (value: unknown) => boolean };

const oneOf = (...values: readonly (string | number)[]): Check => ({
  expected: `one of ${values.map((value) => JSON.stringify(value)).join(", ")}`,
  accepts: (value) => values.some((allowed) => allowed === value),
});
const flag: Check = { expected: "true or false", accepts: (value) => typeof value === "boolean" };

const checks: { readonly [Name in keyof SandboxOptions]-?: Check } = {
  seed: {
    expected: "a text of at most 128 characters",
    accepts: (value) => typeof value === "string" && value.length <= 128,
  },
  clock: oneOf("real", "virtual"),
  now: {
    expected: "an ISO 8601 date or date-time",
    accepts: (value) => typeof value === "string" && parseInstant(value) !== null,
  },
  mode: oneOf("scripted", "manual"),
  strict: flag,
  validateResponses: flag,
  metaErrorStatus: oneOf("gateway", "forward"),
  sdpErrorCode: oneOf(138008, 100),
  mediaUrl: { expected: "a ws:// or wss:// address without a path", accepts: isMediaUrl },
  scripts: { expected: "a list of scripts", accepts: Array.isArray },
  controlToken: { expected: "a text that is not empty", accepts: (value) => typeof value === "string" && value !== "" },
};

const defaults = {
  seed: "calls-sandbox",
  clock: "real",
  mode: "scripted",
  strict: false,
  validateResponses: false,
  metaErrorStatus: "gateway",
  sdpErrorCode: 138008,
  mediaUrl: "ws://127.0.0.1:4011",
  scripts: [],
} as const;

/** Fills in the defaults, and refuses what doesn't exist (WORLD-029). */
export function readOptions(options: SandboxOptions): SandboxSettings {
  for (const [name, value] of Object.entries(options)) checkOption(name, value);
  const { now, controlToken, ...given } = options;
  const settings = { ...defaults, ...given };
  return {
    ...settings,
    mediaUrl: settings.mediaUrl.replace(/\/$/, ""),
    now: now === undefined ? null : parseInstant(now),
    control: { token: controlToken ?? null },
  };
}

function checkOption(name: string, value: unknown): void {
  const check = new Map<string, Check>(Object.entries(checks)).get(name);
  if (check === undefined) {
    throw new SandboxOptionError(name, `one that exists (${Object.keys(checks).join(", ")})`, value);
  }
  if (!check.accepts(value)) throw new SandboxOptionError(name, check.expected, value);
}

function isMediaUrl(value: unknown): boolean {
  if (typeof value !== "string" || !URL.canParse(value)) return false;
  const { protocol, pathname, search } = new URL(value);
  return (protocol === "ws:" || protocol === "wss:") && pathname === "/" && search === "";
}
