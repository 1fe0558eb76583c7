import { isMap, itemsOf, type Mistake, type Path, pathText, valueAt } from "../../mock/config/path.ts";
import { didYouMean, nearest, shown } from "../../mock/config/words.ts";
import { behaviourIds } from "../../spec/generated/behaviour-ids.ts";
import { controlOperations } from "../../spec/generated/operations.ts";
import { findOperation } from "../exchange/find-operation.ts";
import { isKnownMatcher, isMatcher, matcherNames, patternIn } from "./matchers.ts";
import { callNames, keyNames } from "./needs.ts";

/** What each kind of step can have beside the word that names it. */
const kinds: Readonly<Record<string, { readonly needs?: readonly string[]; readonly can?: readonly string[] }>> = {
  send: { needs: ["expect"], can: ["key", "headers", "media", "body", "text", "bytes", "capture"] },
  race: { needs: ["winners", "loser"] },
  call: {},
  person: {},
  control: { can: ["with", "answer", "refusal", "capture"] },
  advance: {},
  receiver: {},
  webhook: { can: ["where", "count", "body", "headers", "capture"] },
  webhooks: {},
  socket: { can: ["open", "at", "origin", "refused", "answer", "agreed", "say", "hear", "close", "closed"] },
  sdp: {},
  sdpLines: { needs: ["holds"] },
  wacid: { needs: ["holds"], can: ["capture"] },
  repeat: { needs: ["steps"] },
};

/** Every name that some step can have. */
const stepNames = [
  ...new Set(Object.entries(kinds).flatMap(([kind, { needs = [], can = [] }]) => [kind, ...needs, ...can])),
];

const ledger: ReadonlySet<string> = new Set<string>(behaviourIds);

/** What every case can use as `{name}` from the beginning. */
const given = [
  ..."person personDigits business businessDigits offer answer receiver receiverAddress round".split(" "),
  ...keyNames.flatMap((name) => [`${name}Key`, `${name}KeyId`]),
];

/** What a schema can't say of a case file. Parts of the wrong shape are left alone: the schema has complained of them. */
export function contradictions(content: unknown): readonly Mistake[] {
  const titles = new Set<string>();
  return itemsOf(valueAt(content, ["cases"])).flatMap((entry, index) => {
    const path = ["cases", index];
    return [
      ...doubled(valueAt(entry, ["title"]), [...path, "title"], titles),
      ...itemsOf(valueAt(entry, ["behaviours"])).flatMap((id, at) => unknownEntry(id, [...path, "behaviours", at])),
      ...inSteps(valueAt(entry, ["steps"]), [...path, "steps"], new Set(given)),
    ];
  });
}

function doubled(title: unknown, path: Path, titles: Set<string>): readonly Mistake[] {
  if (typeof title !== "string" || !titles.has(title)) {
    titles.add(String(title));
    return [];
  }
  return [{ path, at: "value", message: `${pathText(path)} stands twice in this file. Give each case its own title.` }];
}

function unknownEntry(id: unknown, path: Path): readonly Mistake[] {
  if (typeof id !== "string" || ledger.has(id)) return [];
  const message = `${pathText(path)} is ${id}, which is not in the ledger. ${didYouMean(id, ledger)}See spec/behaviours.yaml.`;
  return [{ path, at: "value", message }];
}

function inSteps(steps: unknown, path: Path, known: Set<string>): readonly Mistake[] {
  return itemsOf(steps).flatMap((step, index) => {
    const at = [...path, index];
    const found = [
      ...wrongKind(step, at),
      ...wrongTarget(valueAt(step, ["send"]), [...at, "send"]),
      ...wrongControl(valueAt(step, ["control"]), [...at, "control"]),
      ...texts(isMap(step) ? { ...step, steps: undefined } : step, at).flatMap(([text, where]) => [
        ...unknownNames(text, where, known),
        ...unknownMatcher(text, where),
        ...brokenPattern(text, where),
      ]),
    ];
    for (const name of namesOf(step)) known.add(name);
    return [...found, ...inSteps(valueAt(step, ["steps"]), [...at, "steps"], known)];
  });
}

function wrongKind(step: unknown, path: Path): readonly Mistake[] {
  if (!isMap(step)) return [];
  const names = Object.keys(step);
  const found = names.filter((name) => Object.hasOwn(kinds, name));
  // The schema has complained of these; what they were meant for is not missing.
  const unknown = names.filter((name) => !stepNames.includes(name));
  const [kind] = found;
  if (kind === undefined && unknown.length > 0) return [];
  if (kind === undefined || found.length > 1) {
    const has = kind === undefined ? "none of them" : found.join(" and ");
    const message = `${pathText(path)} must have exactly one of ${Object.keys(kinds).join(", ")}, but has ${has}.`;
    return [{ path, at: "value", message }];
  }
  const { needs = [], can = [] } = kinds[kind] ?? {};
  const meant = unknown.map((name) => nearest(name, stepNames));
  const missing = needs.filter((name) => !names.includes(name) && !meant.includes(name));
  const strange = names.filter((name) => name !== kind && !needs.includes(name) && !can.includes(name));
  return [
    ...missing.map((name): Mistake => {
      return { path, at: "value", message: `${pathText(path)} lacks ${name}, which ${kind} needs. Add it.` };
    }),
    ...strange.map((name): Mistake => {
      const message = `${pathText([...path, name])} doesn't go with ${kind}. Remove it.`;
      return { path: [...path, name], at: "name", message };
    }),
  ];
}

/** A request to what the document does not have is fine, where that is what the case is about; one with a typo is not. */
function wrongTarget(target: unknown, path: Path): readonly Mistake[] {
  if (typeof target !== "string") return [];
  const [method = "", at = ""] = target.split(" ");
  if (!at.startsWith("/v1/calls/{") || findOperation(method, at).operation !== null) return [];
  const hint = didYouMean(at.split("/").at(-1) ?? "", actions);
  if (hint === "") return [];
  return [{ path, at: "value", message: `${pathText(path)} is ${shown(target)}. ${hint}`.trimEnd() }];
}

const actions = ["accept", "reject", "terminate", "pre-accept", "play", "realtime-session"];

function wrongControl(name: unknown, path: Path): readonly Mistake[] {
  if (typeof name !== "string" || Object.hasOwn(controlOperations, name)) return [];
  const hint = didYouMean(name, Object.keys(controlOperations));
  const message = `${pathText(path)} is ${name}, and there is no such operation. ${hint}All of them: docs/api-reference.md#control-api.`;
  return [{ path, at: "value", message }];
}

function texts(value: unknown, path: Path): readonly (readonly [string, Path])[] {
  if (typeof value === "string") return [[value, path]];
  if (Array.isArray(value)) return value.flatMap((item, index) => texts(item, [...path, index]));
  return isMap(value) ? Object.entries(value).flatMap(([name, entry]) => texts(entry, [...path, name])) : [];
}

function unknownNames(text: string, path: Path, known: ReadonlySet<string>): readonly Mistake[] {
  return [...text.matchAll(/\{(\w+)\}/g)].flatMap(([, name = ""]) => {
    if (known.has(name)) return [];
    const message = `${pathText(path)} uses {${name}}, which no step before it captures. ${didYouMean(name, known)}There are ${[...known].join(", ")}.`;
    return [{ path, at: "value" as const, message }];
  });
}

function unknownMatcher(text: string, path: Path): readonly Mistake[] {
  if (!isMatcher(text) || isKnownMatcher(text)) return [];
  const message = `${pathText(path)} is ${text}, which is no matcher. ${didYouMean(text.slice(1, -1), matcherNames)}There are ${matcherNames.join(", ")}.`;
  return [{ path, at: "value", message }];
}

function brokenPattern(text: string, path: Path): readonly Mistake[] {
  const pattern = patternIn(text);
  if (pattern === null) return [];
  try {
    // What is put in for a `{name}` is text.
    new RegExp(pattern.replaceAll(/\{[A-Za-z_]\w*\}/g, "x"), "u");
    return [];
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return [
      { path, at: "value", message: `${pathText(path)} is no pattern: ${why}. Mend what stands between the strokes.` },
    ];
  }
}

/** The names that a step gives to those after it. */
function namesOf(step: unknown): readonly string[] {
  const capture = valueAt(step, ["capture"]);
  const call = valueAt(step, ["call"]);
  const as = valueAt(step, ["sdp", "as"]);
  const callAs = valueAt(call, ["as"]);
  return [
    ...(isMap(capture) ? Object.keys(capture) : []),
    ...(isMap(call) ? callNames(typeof callAs === "string" ? callAs : undefined) : []),
    ...(typeof as === "string" ? [as] : []),
  ];
}
