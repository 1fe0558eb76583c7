import type { MetaErrorStatus } from "./api/error-body.ts";
import type { ControlAccess } from "./control/guard.ts";
import type { WorldMode } from "./domain/state.ts";
import { type Instant, parseInstant } from "./domain/time.ts";
import type { FaultBody } from "./faults/rule.ts";
import { isAllowedHost } from "./media/play/allowed-hosts.ts";
import { isFixtureGlob } from "./media/play/fixtures.ts";
import { type WebRtcOptions, webRtcDefaults, webRtcMistake } from "./media/webrtc/options.ts";
import type { Script, ScriptBook } from "./people/script.ts";
import { type RealtimeOptions, realtimeDefaults, realtimeMistake } from "./realtime-options.ts";
import { defaultRetries } from "./webhooks/retries.ts";
import {
  isNewContact,
  isNewKey,
  isNewNumber,
  type NewContact,
  type NewKey,
  type NewNumber,
} from "./world/additions.ts";
import type { WorldArchive } from "./world/archive.ts";
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
  /** How the realtime socket behaves where nobody documents it; see RealtimeOptions. */
  readonly realtime?: Partial<RealtimeOptions>;
  /** A WebRTC peer behind META calls, with its options; without one their SDPs are templates. Default false. */
  readonly webrtc?: boolean | Partial<WebRtcOptions>;
  /**
   * Files that are played in place of downloads: addresses, in which `*` stands for anything, to files or folders, such
   * as `{ "https://cdn.example.com/*": "./audio" }`. The first that fits counts.
   */
  readonly mediaFixtures?: Readonly<Record<string, string>>;
  /** Hosts that `play` may fetch from although their address is private, each `HOST` or `HOST:PORT`. */
  readonly allowMediaHosts?: readonly string[];
  /** Scripts of your own; one with a built-in name takes its place. */
  readonly scripts?: readonly Script[];
  /** Business numbers of the world `default`, beside those that every world has. */
  readonly numbers?: readonly NewNumber[];
  /** Further keys of the world `default`. */
  readonly keys?: readonly NewKey[];
  /** What the world `default` knows of people from the start, and again after a reset. */
  readonly contacts?: readonly NewContact[];
  /** Failures that the world `default` starts with, and again after a reset: rules as `addFault` takes them. */
  readonly faults?: readonly FaultBody[];
  /** Where worlds outlive the process: `new Journal(directory)` of `calls-sandbox/journal`. In memory unless given. */
  readonly archive?: WorldArchive;
  /** Addresses that hear of everything on every number of every world, from the start and again after a reset. */
  readonly webhooks?: readonly string[];
  /** The waits between attempts at a delivery, in milliseconds; none for no second attempt. Default 1 s to 6 h. */
  readonly webhookRetries?: readonly number[];
  /** How long a receiver may take to answer, in milliseconds of real time. Default 10,000. */
  readonly webhookTimeoutMs?: number;
  /** Leaves `contacts` out of Meta's connect of an outbound call, as Meta sometimes does. Default false. */
  readonly metaWithoutContacts?: boolean;
  /** Repeats the SDP under `connection` in Meta's connect, as some of Meta's samples do. Default false. */
  readonly metaLegacyConnection?: boolean;
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
  readonly realtime: RealtimeOptions;
  readonly webrtc: WebRtcOptions | null;
  readonly mediaFixtures: Readonly<Record<string, string>>;
  readonly allowMediaHosts: readonly string[];
  readonly scripts: readonly Script[];
  readonly numbers: readonly NewNumber[];
  readonly keys: readonly NewKey[];
  readonly contacts: readonly NewContact[];
  readonly faults: readonly FaultBody[];
  readonly archive: WorldArchive | null;
  readonly webhooks: readonly string[];
  readonly webhookRetries: readonly number[];
  readonly webhookTimeoutMs: number;
  readonly metaWithoutContacts: boolean;
  readonly metaLegacyConnection: boolean;
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

function listOf(items: string, accepts: (item: unknown) => boolean): Check {
  return { expected: `a list of ${items}`, accepts: (value) => Array.isArray(value) && value.every(accepts) };
}

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
  realtime: { expected: "an object of realtime options", accepts: (value) => realtimeMistake(value) === null },
  mediaFixtures: {
    expected: "an object of addresses (http:// or https://, * for anything) with a file or folder each",
    accepts: (value) =>
      typeof value === "object" &&
      value !== null &&
      !Array.isArray(value) &&
      Object.entries(value).every(([glob, path]) => isFixtureGlob(glob) && typeof path === "string" && path !== ""),
  },
  allowMediaHosts: listOf("hosts, each HOST or HOST:PORT", isAllowedHost),
  webrtc: { expected: "true, false or an object of options", accepts: (value) => webRtcMistake(value) === null },
  scripts: { expected: "a list of scripts", accepts: Array.isArray },
  numbers: listOf("numbers, each with provider (META, EVO_GO or OTHER) and number (8 to 15 digits)", isNewNumber),
  keys: listOf("keys, each with key (ps_…) and either scope (tenant or unbound) or number", isNewKey),
  contacts: listOf("contacts, each with phone (8 to 15 digits)", isNewContact),
  // What is wrong with a rule is said when it is armed, with the field at fault.
  faults: { expected: "a list of fault rules", accepts: Array.isArray },
  archive: {
    expected: "a Journal",
    accepts: (value) => typeof value === "object" && value !== null && "append" in value,
  },
  webhooks: listOf("http:// or https:// addresses", isHttpUrl),
  webhookRetries: {
    expected: "a list of at most 20 waits in whole milliseconds",
    accepts: (value) =>
      Array.isArray(value) && value.length <= 20 && value.every((wait) => Number.isSafeInteger(wait) && wait >= 0),
  },
  webhookTimeoutMs: {
    expected: "a whole number of milliseconds from 1 to 600,000",
    accepts: (value) => Number.isSafeInteger(value) && Number(value) >= 1 && Number(value) <= 600_000,
  },
  metaWithoutContacts: flag,
  metaLegacyConnection: flag,
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
  realtime: realtimeDefaults,
  webrtc: false,
  mediaFixtures: {},
  allowMediaHosts: [],
  scripts: [],
  numbers: [],
  keys: [],
  contacts: [],
  faults: [],
  archive: null,
  webhooks: [],
  webhookRetries: defaultRetries,
  webhookTimeoutMs: 10_000,
  metaWithoutContacts: false,
  metaLegacyConnection: false,
} as const;

/** Fills in the defaults, and refuses what doesn't exist (WORLD-029). */
export function readOptions(options: SandboxOptions): SandboxSettings {
  for (const [name, value] of Object.entries(options)) checkOption(name, value);
  const { now, controlToken, ...given } = options;
  const settings = { ...defaults, ...given };
  return {
    ...settings,
    realtime: { ...realtimeDefaults, ...settings.realtime },
    webrtc: webRtcSettings(settings.webrtc),
    mediaUrl: settings.mediaUrl.replace(/\/$/, ""),
    now: now === undefined ? null : parseInstant(now),
    control: { token: controlToken ?? null },
  };
}

/** Refuses a number or a contact whose script nobody defined (PEOPLE-026). */
export function checkScripts({ numbers, contacts }: SandboxSettings, scripts: ScriptBook): void {
  for (const [option, users] of Object.entries({ numbers, contacts })) {
    for (const [index, { script }] of users.entries()) {
      if (typeof script !== "string" || scripts.has(script)) continue;
      throw new SandboxOptionError(`${option}[${index}].script`, `one of ${[...scripts.keys()].join(", ")}`, script);
    }
  }
}

function webRtcSettings(given: boolean | Partial<WebRtcOptions>): WebRtcOptions | null {
  if (given === false) return null;
  return given === true ? webRtcDefaults : { ...webRtcDefaults, ...given };
}

function checkOption(name: string, value: unknown): void {
  const check = new Map<string, Check>(Object.entries(checks)).get(name);
  if (check === undefined) {
    throw new SandboxOptionError(name, `one that exists (${Object.keys(checks).join(", ")})`, value);
  }
  const within = name === "realtime" ? realtimeMistake(value) : name === "webrtc" ? webRtcMistake(value) : null;
  if (within !== null) throw new SandboxOptionError(within.option, within.expected, value);
  if (!check.accepts(value)) throw new SandboxOptionError(name, check.expected, value);
}

function isHttpUrl(value: unknown): boolean {
  return typeof value === "string" && URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
}

function isMediaUrl(value: unknown): boolean {
  if (typeof value !== "string" || !URL.canParse(value)) return false;
  const { protocol, pathname, search } = new URL(value);
  return (protocol === "ws:" || protocol === "wss:") && pathname === "/" && search === "";
}
