import { parsePhone } from "../domain/phone.ts";
import { longestWait, parseWait } from "../domain/wait.ts";
import { builtInScripts } from "../people/built-in-scripts.ts";
import { keysOf, seedPhones } from "../world/seed.ts";
import { entriesOf, isMap, itemsOf, type Mistake, type Path, pathText, valueAt } from "./path.ts";
import { didYouMean, shown } from "./words.ts";

/**
 * What a schema can't say: names that nobody defined, the same thing twice, endless waits. Parts of the wrong shape
 * are left alone: the schema has complained of them.
 */
export function referenceMistakes(content: unknown): readonly Mistake[] {
  return [
    ...unknownScripts(content),
    ...circles(content),
    ...longWaits(content),
    ...repeatedNumbers(content),
    ...repeatedContacts(content),
    ...repeatedKeys(content),
    ...keysToNowhere(content),
  ];
}

const scriptName = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

function unknownScripts(content: unknown): readonly Mistake[] {
  const names = entriesOf(valueAt(content, ["scripts"])).map(([name]) => name);
  const own = names.filter((name) => scriptName.test(name));
  const known = new Set([...builtInScripts.keys(), ...own]);
  const uses: readonly (readonly [Path, ReadonlySet<string>])[] = [
    ...own.map((name) => [["scripts", name, "extends"], basesOf(name, own)] as const),
    ...itemsOf(valueAt(content, ["numbers"])).map((_, index) => [["numbers", index, "script"], known] as const),
    ...entriesOf(valueAt(content, ["contacts"])).map(([phone]) => [["contacts", phone, "script"], known] as const),
  ];
  return uses.flatMap(([path, names]) => {
    const name = valueAt(content, path);
    if (typeof name !== "string" || names.has(name)) return [];
    const message = `${pathText(path)} must be the name of a script, but there is none called ${shown(name)}. ${didYouMean(name, names)}There are ${[...names].join(", ")}.`;
    return [{ path, at: "value" as const, message }];
  });
}

/** A script may extend any other, and itself only when it takes the place of a built-in one. */
function basesOf(name: string, own: readonly string[]): ReadonlySet<string> {
  return new Set([...builtInScripts.keys(), ...own.filter((other) => other !== name)]);
}

function circles(content: unknown): readonly Mistake[] {
  return entriesOf(valueAt(content, ["scripts"])).flatMap(([name]) => {
    const way = [name];
    for (let next = baseOf(content, name); next !== null; next = baseOf(content, next)) {
      way.push(next);
      if (next === name) return [circle(way)];
      if (way.length > 1_000 || way.indexOf(next) < way.length - 1) return [];
    }
    return [];
  });
}

function baseOf(content: unknown, name: string): string | null {
  const base = valueAt(content, ["scripts", name, "extends"]);
  return typeof base === "string" && base !== name ? base : null;
}

function circle(way: readonly string[]): Mistake {
  const path = ["scripts", way[0] ?? "", "extends"];
  return {
    path,
    at: "value",
    message: `${pathText(path)} goes in a circle: ${way.join(" extends ")}. Have one of them extend a built-in script.`,
  };
}

function longWaits(content: unknown): readonly Mistake[] {
  const scripts = entriesOf(valueAt(content, ["scripts"])).flatMap(([name, script]) =>
    entriesOf(script).flatMap(([part, steps]): Path[] => {
      if (part === "permission") return [["scripts", name, part, "after"]];
      return itemsOf(steps).map((_, index) => ["scripts", name, part, index, "after"]);
    }),
  );
  return scripts.flatMap((path) => {
    const wait = valueAt(content, path);
    if (typeof wait !== "string" || (parseWait(wait) ?? 0) <= longestWait) return [];
    return [{ path, at: "value" as const, message: `${pathText(path)} must be at most 365d, but was ${shown(wait)}.` }];
  });
}

function repeatedNumbers(content: unknown): readonly Mistake[] {
  const numbers = itemsOf(valueAt(content, ["numbers"])).map((number, index) => ({
    path: ["numbers", index, "number"],
    id: phoneOf(isMap(number) ? number["number"] : undefined),
  }));
  const seeded = new Map(seedPhones.map((phone) => [phone, "the sandbox itself"]));
  return repeated(numbers, seeded, (phone) => `+${phone}`);
}

function repeatedContacts(content: unknown): readonly Mistake[] {
  const contacts = entriesOf(valueAt(content, ["contacts"])).map(([name]) => ({
    path: ["contacts", name],
    id: phoneOf(name),
    at: "name" as const,
  }));
  return repeated(contacts, new Map(), (phone) => `+${phone}`);
}

function repeatedKeys(content: unknown): readonly Mistake[] {
  const ofNumbers = itemsOf(valueAt(content, ["numbers"])).map((number, index) => {
    const key = isMap(number) ? number["key"] : undefined;
    return { path: ["numbers", index, "key"], id: typeof key === "string" ? key : null };
  });
  const further = entriesOf(valueAt(content, ["keys"])).map(([key]) => ({
    path: ["keys", key],
    id: key,
    at: "name" as const,
  }));
  const seeded = new Map(Object.values(keysOf("default")).map((key) => [key, "the sandbox itself"]));
  return repeated([...ofNumbers, ...further], seeded, (key) => key);
}

interface Claim {
  readonly path: Path;
  readonly id: string | null;
  readonly at?: Mistake["at"];
}

/** Refuses whatever is claimed twice; `taken` tells what has it already. */
function repeated(claims: readonly Claim[], taken: Map<string, string>, show: (id: string) => string): Mistake[] {
  return claims.flatMap(({ path, id, at = "value" }) => {
    if (id === null) return [];
    const owner = taken.get(id);
    if (owner === undefined) taken.set(id, pathText(path));
    if (owner === undefined) return [];
    const message = `${pathText(path)} can't be ${show(id)}: ${owner} has it already. Choose another.`;
    return [{ path, at, message }];
  });
}

function keysToNowhere(content: unknown): readonly Mistake[] {
  const numbers = itemsOf(valueAt(content, ["numbers"])).map((number) => isMap(number) && phoneOf(number["number"]));
  const known = new Set([...seedPhones, ...numbers.filter((phone) => typeof phone === "string")]);
  return entriesOf(valueAt(content, ["keys"])).flatMap(([key, target]) => {
    const phone = phoneOf(target);
    if (phone === null || known.has(phone)) return [];
    const path = ["keys", key];
    const message = `${pathText(path)} must be the phone number of a business number, but there is no +${phone}. There are ${[...known].map((number) => `+${number}`).join(", ")}; add yours under numbers.`;
    return [{ path, at: "value" as const, message }];
  });
}

function phoneOf(value: unknown): string | null {
  return typeof value === "string" || typeof value === "number" ? parsePhone(String(value)) : null;
}
