import { itemsOf } from "../../mock/config/path.ts";
import type { ValidationError } from "../../spec/generated/validator.ts";

type Named = Pick<ValidationError, "keyword" | "params">;

/**
 * The values that a place may have, out of everything that `enum` and `const` say about it: a schema that narrows another
 * one counts alone, and alternatives count together.
 *
 * @param errors all of one place; those of other keywords are left out
 * @returns null when no value is named
 */
export function allowedValues(errors: readonly Named[]): readonly unknown[] | null {
  const enums = errors
    .filter(({ keyword }) => keyword === "enum")
    .map(({ params }) => itemsOf(params["allowedValues"]));
  const constants = errors.filter(({ keyword }) => keyword === "const").map(({ params }) => params["allowedValue"]);
  const lists = [...enums, ...(constants.length === 0 ? [] : [[...new Set(constants)]])];
  const narrowest = lists.toSorted((left, right) => left.length - right.length)[0];
  if (narrowest === undefined) return null;
  const isWithin = lists.every((list) => narrowest.every((value) => list.includes(value)));
  return isWithin ? narrowest : [...new Set(lists.flat())];
}

/** @example allowedText(["INBOUND", "OUTBOUND"]) // must be one of INBOUND, OUTBOUND */
export function allowedText(values: readonly unknown[]): string {
  const words = values.slice(0, 10).map(String).join(", ");
  const more = values.length <= 10 ? "" : ` and ${values.length - 10} more`;
  return `must be ${values.length === 1 ? "" : "one of "}${words}${more}`;
}
