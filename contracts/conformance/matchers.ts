import { isMap } from "../../mock/config/path.ts";
import { parseWait } from "../../mock/domain/wait.ts";
import type { Expected } from "./case.ts";

/** A place where a value is not what was expected. */
export interface Mismatch {
  /** As people write it: `calls[0].status`; empty for the whole. */
  readonly path: string;
  readonly expected: string;
  readonly actual: string;
}

/** Texts between angle brackets that stand for any value of a kind. */
const kinds: Readonly<Record<string, (value: unknown) => boolean>> = {
  any: (value) => value !== undefined,
  string: (value) => typeof value === "string" && value !== "",
  text: (value) => typeof value === "string",
  integer: (value) => Number.isSafeInteger(value),
  number: (value) => typeof value === "number",
  boolean: (value) => typeof value === "boolean",
  list: (value) => Array.isArray(value),
  map: isMap,
  instant: (value) => fits(value, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  unixSeconds: (value) =>
    Number.isSafeInteger(value) && Number(value) > 1_000_000_000 && Number(value) < 10_000_000_000,
  callId: (value) => fits(value, /^call_[0-9A-HJKMNP-TV-Z]{26}$/),
  wacid: (value) => fits(value, /^wacid\.[\w+/-]+=*$/),
  hexId: (value) => fits(value, /^[0-9A-F]{32}$/),
  conversationId: (value) => fits(value, /^conv_\S+$/),
  digits: (value) => fits(value, /^\d{8,15}$/),
  sdp: (value) => fits(value, /^v=0\r\n[\s\S]+\r\n$/),
};

/** The names of all matchers, as `<name>`. */
export const matcherNames: readonly string[] = [...Object.keys(kinds), "absent", "rest", "now", "unix now"];

const relative = /^<(unix )?now(?: ([+-]) (\w+))?>$/;
const named = /^<([a-z][A-Za-z]*)>$/;
const regex = /^\/(.+)\/$/s;

/** Whether a text is a matcher, one that exists or a misspelt one. */
export function isMatcher(text: string): boolean {
  return /^<[^<>]+>$/.test(text);
}

/** What stands between the strokes of `/…/`; null where a text is no pattern. */
export function patternIn(text: string): string | null {
  return regex.exec(text)?.[1] ?? null;
}

/** Whether a matcher is one that exists. */
export function isKnownMatcher(text: string): boolean {
  const name = named.exec(text)?.[1];
  return relative.test(text) || (name !== undefined && matcherNames.includes(name));
}

/**
 * Compares a value with what a case expects of it. Maps may hold more than is expected; lists may not, unless they end
 * in `<rest>`.
 *
 * @param now the world's time, for `<now + 7d>`; null where there is none
 * @example compare({ calls: [{ status: "RINGING" }, "<rest>"] }, body, "", now)
 */
export function compare(expected: Expected, actual: unknown, path: string, now: Date | null): readonly Mismatch[] {
  if (typeof expected === "string") return compareText(expected, actual, path, now);
  if (expected === null || typeof expected !== "object") {
    return Object.is(expected, actual) ? [] : [mismatch(path, JSON.stringify(expected), actual)];
  }
  if (isList(expected)) return compareList(expected, actual, path, now);
  if (!isMap(actual)) return [mismatch(path, "a map", actual)];
  return Object.entries(expected).flatMap(([name, value]) =>
    compare(value, Object.hasOwn(actual, name) ? actual[name] : undefined, path === "" ? name : `${path}.${name}`, now),
  );
}

function compareList(
  expected: readonly Expected[],
  actual: unknown,
  path: string,
  now: Date | null,
): readonly Mismatch[] {
  if (!Array.isArray(actual)) return [mismatch(path, "a list", actual)];
  const open = expected.at(-1) === "<rest>";
  const items = open ? expected.slice(0, -1) : expected;
  if (open ? actual.length < items.length : actual.length !== items.length) {
    const count = `${open ? "at least " : ""}${items.length} ${items.length === 1 ? "entry" : "entries"}`;
    return [{ path, expected: count, actual: `${actual.length}` }];
  }
  return items.flatMap((item, index) => compare(item, actual[index], `${path}[${index}]`, now));
}

function compareText(expected: string, actual: unknown, path: string, now: Date | null): readonly Mismatch[] {
  if (expected === "<absent>") return actual === undefined ? [] : [mismatch(path, "nothing", actual)];
  const instant = relative.exec(expected);
  if (instant !== null) return compareInstant(expected, instant, actual, path, now);
  const kind = kinds[named.exec(expected)?.[1] ?? ""];
  if (kind !== undefined) return kind(actual) ? [] : [mismatch(path, expected, actual)];
  const pattern = patternIn(expected) ?? undefined;
  const right = pattern === undefined ? actual === expected : fits(actual, new RegExp(pattern, "u"));
  return right ? [] : [mismatch(path, pattern === undefined ? JSON.stringify(expected) : expected, actual)];
}

/** `<now + 5s>` is an ISO instant, `<unix now + 7d>` the same in seconds. */
function compareInstant(
  expected: string,
  [, unix, sign, wait]: RegExpExecArray,
  actual: unknown,
  path: string,
  now: Date | null,
): readonly Mismatch[] {
  if (now === null) return [mismatch(path, `${expected} (the service's time is not known)`, actual)];
  const shift = wait === undefined ? 0 : (parseWait(wait) ?? 0) * (sign === "-" ? -1 : 1);
  const at = now.getTime() + shift;
  const wanted = unix === undefined ? new Date(at).toISOString() : Math.floor(at / 1_000);
  const right = actual === wanted || (typeof actual === "string" && actual === String(wanted));
  return right ? [] : [mismatch(path, JSON.stringify(wanted), actual)];
}

function mismatch(path: string, expected: string, actual: unknown): Mismatch {
  const shown = actual === undefined ? "nothing" : JSON.stringify(actual);
  return { path, expected, actual: shown.length <= 400 ? shown : `${shown.slice(0, 397)}…` };
}

function fits(value: unknown, pattern: RegExp): boolean {
  return typeof value === "string" && pattern.test(value);
}

/** `Array.isArray` doesn't narrow readonly lists. */
function isList(value: Expected): value is readonly Expected[] {
  return Array.isArray(value);
}
