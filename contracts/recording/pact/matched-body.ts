import { isMap } from "../../../mock/config/path.ts";
import { type Matcher, type Rule, rule } from "./pact-file.ts";

/** An answer as a pact asks for it: an example, and what may stand in its place. */
export interface MatchedBody {
  readonly content: unknown;
  readonly rules: Readonly<Record<string, Rule>>;
}

/** Forms that values have wherever they stand; the first that fits counts. */
const forms: readonly string[] = [
  "^call_[0-9A-HJKMNP-TV-Z]{26}$",
  "^conv_[0-9A-HJKMNP-TV-Z]{26}$",
  "^num_[0-9A-HJKMNP-TV-Z]{26}$",
  "^wh_[0-9A-HJKMNP-TV-Z]{26}$",
  "^wacid\\.[A-Za-z0-9+/]+={0,2}$",
  "^wamid\\.[A-Za-z0-9+/]+={0,2}$",
  "^[0-9A-F]{32}$",
  "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$",
  "^[1-9]\\d{7,14}$",
  "^[A-Z][A-Z0-9_]*$",
];

/** What another request, or nobody, has set: a provider state says nothing of it. */
const setElsewhere: ReadonlySet<string> = new Set(["bizOpaqueCallbackData", "lastTriggered"]);

/** Fields of a call that depend on its status, which is asked for of one call but not of those in a list. */
const byStatus: ReadonlySet<string> = new Set([
  "connectedAt",
  "endedAt",
  "durationSeconds",
  "errorCode",
  "errorMessage",
]);

/**
 * Makes matchers for an answer. Codes of refusals are asked for exactly, everything else by its form or its type. What is
 * null is left out: it promises nothing, and may be set the next time. So is what the state before does not decide. Of a list the first item speaks for all.
 *
 * @param exact places that are asked for exactly, such as `$.status`
 */
export function matchedBody(body: unknown, exact: ReadonlySet<string>): MatchedBody {
  const rules: Record<string, Rule> = {};
  const walk = (value: unknown, path: string): unknown => {
    if (Array.isArray(value)) {
      const first: unknown = value.find((item) => item !== null);
      rules[path] = rule(first === undefined ? { match: "type" } : { match: "type", min: 1 });
      return first === undefined ? [] : [walk(first, `${path}[*]`)];
    }
    if (isMap(value)) {
      const inList = path.includes("[*]");
      const present = Object.entries(value).filter(
        ([name, own]) => own !== null && !setElsewhere.has(name) && !(inList && byStatus.has(name)),
      );
      return Object.fromEntries(present.map(([name, own]) => [name, walk(own, `${path}${step(name)}`)]));
    }
    if (!exact.has(path)) rules[path] = rule(matcherOf(value));
    return value;
  };
  return { content: walk(body, "$"), rules };
}

function matcherOf(value: unknown): Matcher {
  if (typeof value === "number") return { match: Number.isInteger(value) ? "integer" : "number" };
  const regex = typeof value === "string" ? forms.find((form) => new RegExp(form).test(value)) : undefined;
  return regex === undefined ? { match: "type" } : { match: "regex", regex };
}

/** A name as a step of a JSON path. */
function step(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? `.${name}` : `['${name}']`;
}
