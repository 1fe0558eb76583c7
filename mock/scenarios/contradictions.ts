import { isMap, itemsOf, type Mistake, type Path, pathText, valueAt } from "../config/path.ts";
import { didYouMean, shown } from "../config/words.ts";
import { longestWait, parseWait } from "../domain/wait.ts";
import { readRule } from "../faults/read-rule.ts";
import type { FaultBody } from "../faults/rule.ts";
import { readPath } from "./fields.ts";

/** What a schema can't say of a scenario. Parts of the wrong shape are left alone: the schema has complained of them. */
export function contradictions(content: unknown): readonly Mistake[] {
  const known = new Set(["callId", "externalCallId"]);
  return itemsOf(valueAt(content, ["steps"])).flatMap((step, index) => {
    const path = ["steps", index];
    const found = [
      ...filledIn.flatMap((at) => unknownNames(valueAt(step, at), [...path, ...at], known)),
      ...faultMistakes(valueAt(step, ["fault"]), [...path, "fault"]),
      ...personMistakes(valueAt(step, ["person"]), [...path, "person"]),
      ...requestMistakes(valueAt(step, ["expectRequest"]), [...path, "expectRequest"]),
      ...longWaits(step, path, content),
    ];
    const capture = valueAt(step, ["request", "capture"]);
    for (const name of Object.keys(isMap(capture) ? capture : {})) known.add(name);
    return found;
  });
}

/** Where names are put in. */
const filledIn: readonly Path[] = [
  ["fault"],
  ["request", "path"],
  ["request", "body"],
  ["resend", "where"],
  ["resend", "change"],
  ["expectDelivery", "fields"],
  ["expectRequest", "body"],
];

/** A `{name}` stands for the call, or for what an earlier request captured. */
function unknownNames(value: unknown, path: Path, known: ReadonlySet<string>): readonly Mistake[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => unknownNames(item, [...path, index], known));
  if (isMap(value)) {
    return Object.entries(value).flatMap(([name, entry]) => unknownNames(entry, [...path, name], known));
  }
  if (typeof value !== "string") return [];
  return [...value.matchAll(/\{(\w+)\}/g)].flatMap(([, name = ""]) => {
    if (known.has(name)) return [];
    const message = `${pathText(path)} uses {${name}}, which no step before it captures. ${didYouMean(name, known)}There are ${[...known].join(", ")}.`;
    return [{ path, at: "value" as const, message }];
  });
}

function faultMistakes(fault: unknown, path: Path): readonly Mistake[] {
  const { target, effect, trigger } = isMap(fault) ? fault : {};
  if (!isMap(target) || !isMap(effect) || typeof effect["type"] !== "string") return [];
  // A parsed border: only the parts that readRule looks at need to be there, and they are.
  const body = { target: texts(target), effect, ...(isMap(trigger) ? { trigger } : {}) } as unknown as FaultBody;
  const read = readRule(body);
  if (read.ok) return [];
  return read.mistakes.map((mistake) => {
    const at = [...path, ...readPath(mistake.path)];
    const message = mistake.message.startsWith(mistake.path)
      ? `${pathText(at)}${mistake.message.slice(mistake.path.length)}`
      : mistake.message;
    return { path: at, at: "value" as const, message: `${message}.` };
  });
}

function texts(target: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(target).map(([name, value]) => [name, String(value)]));
}

const partners = new Map([
  ["fail", ["code"]],
  ["speak", ["pattern"]],
  ["send-dtmf", ["digits"]],
]);
const needed = new Map([
  ["speak", "pattern"],
  ["send-dtmf", "digits"],
]);

/** Each action has its own parameter, and no other. */
function personMistakes(person: unknown, path: Path): readonly Mistake[] {
  const action = valueAt(person, ["action"]);
  if (!isMap(person) || typeof action !== "string") return [];
  const allowed = ["action", ...(partners.get(action) ?? [])];
  const misplaced = Object.keys(person)
    .filter((name) => ["code", "pattern", "digits"].includes(name) && !allowed.includes(name))
    .map((name) => {
      const message = `${pathText([...path, name])} doesn't go with action: ${action}. Remove it.`;
      return { path: [...path, name], at: "name" as const, message };
    });
  const missing = needed.get(action);
  if (missing === undefined || person[missing] !== undefined) return misplaced;
  const message = `${pathText(path)} lacks ${missing}, which action: ${action} needs. Add it.`;
  return [...misplaced, { path, at: "value", message }];
}

/** What must not come has no number and no order. */
function requestMistakes(expected: unknown, path: Path): readonly Mistake[] {
  if (!isMap(expected)) return [];
  const first = ["never", "atMost"].find((name) => expected[name] !== undefined);
  if (first === undefined) return [];
  const others = first === "never" ? ["atMost", "after"] : ["after"];
  return others
    .filter((name) => expected[name] !== undefined)
    .map((name) => {
      const message = `${pathText([...path, name])} can't stand beside ${first}. Remove one of them.`;
      return { path: [...path, name], at: "name" as const, message };
    });
}

function longWaits(step: unknown, path: Path, content: unknown): readonly Mistake[] {
  const real = valueAt(content, ["clock"]) === "real";
  const waits: readonly (readonly [Path, number, string])[] = [
    [["advance"], real ? longestRealWait : longestWait, real ? "10m on a real clock" : "365d"],
    [["wait"], longestRealWait, "10m"],
    [["expectDelivery", "within"], longestRealWait, "10m"],
    [["expectRequest", "within"], longestRealWait, "10m"],
  ];
  return waits.flatMap(([at, longest, said]) => {
    const wait = valueAt(step, at);
    if (typeof wait !== "string" || (parseWait(wait) ?? 0) <= longest) return [];
    const where = [...path, ...at];
    return [
      { path: where, at: "value", message: `${pathText(where)} must be at most ${said}, but was ${shown(wait)}.` },
    ];
  });
}

/** Nobody watches a terminal for longer. */
const longestRealWait = 600_000;
