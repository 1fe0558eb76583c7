import { isMap, itemsOf, type Path, valueAt } from "../config/path.ts";
import type { WebhookEvent } from "../domain/subscription.ts";
import type { Fields, Scalar } from "./scenario.ts";

/**
 * Reads a path as scenarios write it.
 *
 * @example readPath("calls[0].session.sdp") // ["calls", 0, "session", "sdp"]
 */
export function readPath(text: string): Path {
  return [...text.matchAll(/([^.[\]]+)|\[(\d+)\]/g)].map(([, name, index]) => name ?? Number(index));
}

/** The part of a payload that a scenario's paths begin at: of Meta's envelopes the value inside. */
export function bodyOf(event: WebhookEvent, payload: unknown): unknown {
  return event === "calls" || event === "messages" ? valueAt(payload, ["entry", 0, "changes", 0, "value"]) : payload;
}

/** Whether a body has these values. Numbers equal their digits: YAML turns one into the other without quotes. */
export function hasFields(body: unknown, fields: Fields = {}, absent: readonly string[] = []): boolean {
  const fits = ([path, wanted]: readonly [string, Scalar]) => same(valueAt(body, readPath(path)), wanted);
  return Object.entries(fields).every(fits) && absent.every((path) => valueAt(body, readPath(path)) === undefined);
}

/** Whether a value is what a scenario wrote. */
export function same(value: unknown, wanted: Scalar): boolean {
  if (typeof value === "object" && value !== null) return false;
  return wanted === null || value === null || value === undefined ? value === wanted : String(value) === String(wanted);
}

/** A copy of a body with a value put in at a path; undefined takes away what is there. */
export function withValue(body: unknown, path: Path, value: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (typeof step === "number") {
    const items = [...itemsOf(body)];
    items[step] = withValue(items[step], rest, value);
    return items;
  }
  const entries = {
    ...(isMap(body) ? body : {}),
    [step]: withValue(isMap(body) ? body[step] : undefined, rest, value),
  };
  return Object.fromEntries(Object.entries(entries).filter(([, entry]) => entry !== undefined));
}
