import { isMap, pathText } from "../../mock/config/path.ts";
import type { ReceivedResponse } from "../exchange/exchange.ts";
import { jsonOf } from "../exchange/json-of.ts";

/** Where an answer differs from the recorded one. */
export interface Difference {
  readonly kind: "status" | "content-type" | "code" | "missing" | "added" | "type";
  /** Where, such as `calls[].status`; empty for the whole. */
  readonly path: string;
  readonly recorded: string;
  readonly received: string;
}

/**
 * Compares two answers by what a recording can honestly promise: status, content type, the code of a refusal, and which
 * fields there are and of which type. Values are not compared: ids and instants are new each time, and phone numbers in
 * a recording are stand-ins. `null` and an empty list fit every type, since what is not yet so has none.
 */
export function shapeDifferences(recorded: ReceivedResponse, received: ReceivedResponse): readonly Difference[] {
  const one = (kind: Difference["kind"], path: string, was: string, is: string): Difference[] =>
    was === is ? [] : [{ kind, path, recorded: was, received: is }];
  const status = one("status", "", String(recorded.status), String(received.status));
  const [was, is] = [jsonOf(recorded.body), jsonOf(received.body)];
  const code = one("code", "code", codeOf(was), codeOf(is));
  // Two different answers have nothing in common that could be compared further.
  if (status.length + code.length > 0) return [...status, ...code];
  return [...one("content-type", "", typeOf(recorded), typeOf(received)), ...compare(was, is, [])];
}

type Steps = readonly (string | number)[];

function compare(recorded: unknown, received: unknown, path: Steps): Difference[] {
  const [was, is] = [kindOf(recorded), kindOf(received)];
  if (was === "null" || is === "null") return [];
  if (was !== is) return [{ kind: "type", path: shown(path), recorded: was, received: is }];
  if (Array.isArray(recorded) && Array.isArray(received)) return compareLists(recorded, received, path);
  return isMap(recorded) && isMap(received) ? compareMaps(recorded, received, path) : [];
}

function compareMaps(
  recorded: Readonly<Record<string, unknown>>,
  received: Readonly<Record<string, unknown>>,
  path: Steps,
): Difference[] {
  const lacks = (a: object, b: object) => Object.keys(a).filter((name) => !Object.hasOwn(b, name));
  const missing = lacks(recorded, received).map((name): Difference => {
    return { kind: "missing", path: shown([...path, name]), recorded: kindOf(recorded[name]), received: "nothing" };
  });
  const added = lacks(received, recorded).map((name): Difference => {
    return { kind: "added", path: shown([...path, name]), recorded: "nothing", received: kindOf(received[name]) };
  });
  const common = Object.keys(recorded).filter((name) => Object.hasOwn(received, name));
  return [...missing, ...added, ...common.flatMap((name) => compare(recorded[name], received[name], [...path, name]))];
}

/** How many there are is a matter of what happened before; what one looks like is compared, each difference once. */
function compareLists(recorded: readonly unknown[], received: readonly unknown[], path: Steps): Difference[] {
  const [first] = recorded;
  if (first === undefined) return [];
  const all = received.flatMap((item) => compare(first, item, [...path, 0]));
  return [...new Map(all.map((difference) => [JSON.stringify(difference), difference])).values()];
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return "null";
  return Array.isArray(value) ? "list" : typeof value;
}

function shown(path: Steps): string {
  return pathText(path).replaceAll("[0]", "[]");
}

function codeOf(body: unknown): string {
  return isMap(body) && "code" in body ? String(body["code"]) : "no code";
}

function typeOf({ headers }: ReceivedResponse): string {
  return (headers["content-type"] ?? "none").split(";")[0]?.trim().toLowerCase() ?? "none";
}
