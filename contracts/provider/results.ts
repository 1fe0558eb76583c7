import { isMap, itemsOf, valueAt } from "../../mock/config/path.ts";
import type { Heard, Refused } from "./pact-run.ts";

/** One place where the answer or the webhook was not what the consumer expects. */
export interface Mismatch {
  /** `status`, `header content-type`, or a path in the body such as `$.calls[0].status`. */
  readonly path: string;
  readonly expected: string | null;
  readonly actual: string | null;
  /** The same in Pact's words. */
  readonly message: string;
}

/** What came of one interaction. A pending one has failed, and that fails nothing. */
export interface InteractionResult {
  readonly consumer: string;
  readonly provider: string;
  readonly description: string;
  readonly states: readonly string[];
  /** The states with their parameters, for people. */
  readonly given: readonly string[];
  readonly outcome: "passed" | "failed" | "pending";
  readonly milliseconds: number;
  readonly mismatches: readonly Mismatch[];
}

/** What Pact's verifier reports as a whole. */
export interface PactReport {
  readonly passed: boolean;
  readonly interactions: readonly InteractionResult[];
  /** What the broker has to say, for example why a pact is pending. */
  readonly notices: readonly string[];
}

/** Reads the report of Pact's verifier; null when it is none. */
export function readReport(text: string): PactReport | null {
  const json = parsed(text);
  if (!isMap(json) || !Array.isArray(json["interactionResults"])) return null;
  return {
    passed: json["result"] === true,
    interactions: json["interactionResults"].map(readInteraction),
    notices: itemsOf(json["notices"]).flatMap((notice) => (isMap(notice) ? [String(notice["text"] ?? "")] : [])),
  };
}

/**
 * Puts what the sandbox refused in place of what Pact says about it, which is no more than that something failed, and
 * what it answered beside a status that was not expected. All lists are in the order in which things were done.
 */
export function withReasons(
  interactions: readonly InteractionResult[],
  { refused, errors, interactions: counted }: Heard,
): readonly InteractionResult[] {
  const left = [...refused];
  const explained = interactions.map((interaction, index) => {
    // Who counts otherwise must not put words into another's mouth.
    const said =
      counted === interactions.length ? errors.findLast((each) => each.interaction === index)?.said : undefined;
    return withStatusFirst(interaction, said);
  });
  return explained.map((interaction) => {
    const mismatches: Mismatch[] = [];
    while (interaction.outcome !== "passed" && isAbout(interaction, left[0])) {
      mismatches.push(spoken(left.shift()?.message ?? ""));
    }
    return mismatches.length === 0 ? interaction : { ...interaction, mismatches };
  });
}

/** With another status the body is another one, too: what the answer says for itself takes the place of each difference. */
function withStatusFirst(interaction: InteractionResult, said: string | undefined): InteractionResult {
  const status = interaction.mismatches.find(({ path }) => path === "status");
  if (status === undefined) return interaction;
  const others = interaction.mismatches.filter((each) => each !== status && !each.path.startsWith("$"));
  const answer = said === undefined ? [] : [spoken(`The sandbox answered ${said}`)];
  return { ...interaction, mismatches: [status, ...answer, ...others] };
}

function spoken(message: string): Mismatch {
  return { path: "", expected: null, actual: null, message };
}

function isAbout({ description, states }: InteractionResult, refused: Refused | undefined): boolean {
  return refused !== undefined && [description, ...states, ""].includes(refused.about);
}

function readInteraction(json: unknown): InteractionResult {
  const field = (name: string) => valueAt(json, [name]);
  const states = itemsOf(field("providerStates")).map(String);
  const failed = field("result") !== "OK";
  return {
    consumer: String(field("consumer") ?? ""),
    provider: String(field("provider") ?? ""),
    description: String(field("description") ?? ""),
    states,
    given: states,
    outcome: failed ? (field("pending") === true ? "pending" : "failed") : "passed",
    milliseconds: millisecondsOf(String(field("duration") ?? "")),
    mismatches: failed ? mismatchesOf(field("mismatch")) : [],
  };
}

function mismatchesOf(mismatch: unknown): readonly Mismatch[] {
  const list = itemsOf(valueAt(mismatch, ["mismatches"]));
  const read = list.flatMap((each) => missingKeys(each) ?? [readMismatch(each)]);
  // Pact reports some of them twice, once for a list and once for what is in it.
  const unique = new Map(read.map((each) => [JSON.stringify([each.path, each.expected, each.actual]), each]));
  if (unique.size > 0) return [...unique.values()];
  const said = isMap(mismatch) ? (mismatch["message"] ?? mismatch["error"]) : mismatch;
  return [spoken(String(said ?? "Pact gave no reason."))];
}

/** Pact reports keys that are missing as two lists of keys; here each is a place of its own. */
function missingKeys(json: unknown): readonly Mismatch[] | null {
  const [path, expected, actual, message] = ["path", "expected", "actual", "mismatch"].map((name) =>
    String(valueAt(json, [name]) ?? ""),
  );
  if (message?.includes("missing the following keys") !== true) return null;
  const there = itemsOf(parsed(actual ?? ""));
  const missing = itemsOf(parsed(expected ?? "")).filter((key) => !there.includes(key));
  return missing.map((key) => ({ path: `${path}.${String(key)}`, expected: "a value", actual: "missing", message }));
}

function readMismatch(json: unknown): Mismatch {
  const text = (name: string) => {
    const value = valueAt(json, [name]);
    return value === undefined || value === null ? null : typeof value === "string" ? value : JSON.stringify(value);
  };
  const type = text("type") ?? "";
  const key = text("key");
  const path = text("path") ?? (key === null ? placeOf(type) : `${placeOf(type)} ${key}`);
  return { path, expected: text("expected"), actual: text("actual"), message: text("mismatch") ?? type };
}

/** `StatusMismatch` is about the status, and so on. */
function placeOf(type: string): string {
  return type.replace(/Mismatch$/, "").toLowerCase();
}

const unitMs: Readonly<Record<string, number>> = { ns: 1e-6, µs: 1e-3, us: 1e-3, ms: 1, s: 1_000, m: 60_000 };

/** `51ms` or `1s 20ms`. */
function millisecondsOf(duration: string): number {
  const parts = [...duration.matchAll(/([\d.]+)\s*(ns|µs|us|ms|s|m)/g)];
  return parts.reduce((sum, [, amount, unit = ""]) => sum + Number(amount) * (unitMs[unit] ?? 0), 0);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
