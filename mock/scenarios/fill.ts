import { StepRefused } from "./options.ts";

/**
 * Puts values in place of `{name}`, in texts and in whatever holds texts.
 *
 * @throws StepRefused when a name has no value yet
 * @example fillIn({ path: "/calls/{callId}" }, new Map([["callId", "call_01"]])) // { path: "/calls/call_01" }
 */
export function fillIn(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (typeof value === "string") {
    return value.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
      const found = names.get(name);
      if (found !== undefined) return found;
      throw new StepRefused(`There is no value for {${name}} yet.`);
    });
  }
  if (Array.isArray(value)) return value.map((item) => fillIn(item, names));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, fillIn(entry, names)]));
}
