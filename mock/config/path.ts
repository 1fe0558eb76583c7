/** Where a value stands: names of maps and positions in lists, from the top. */
export type Path = readonly (string | number)[];

/** A mistake before its line is known. */
export interface Mistake {
  readonly path: Path;
  /** Whether the name itself is at fault, or the value behind it. */
  readonly at: "name" | "value";
  readonly message: string;
}

/** A path as people write it, for example `scripts.shy.called[0].after`. */
export function pathText(path: Path): string {
  const text = path.map((step) => {
    if (typeof step === "number") return `[${step}]`;
    return /^[A-Za-z][A-Za-z0-9_-]*$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
  });
  return text.join("").replace(/^\./, "") || "The file";
}

/** Whether a value is a map; lists are not. */
export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The entries of a map; whatever is no map has none. */
export function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return isMap(value) ? Object.entries(value) : [];
}

/** The entries of a list; whatever is no list has none. */
export function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The value at a path, or undefined. */
export function valueAt(whole: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, step) => {
    if (typeof step === "number") return itemsOf(value)[step];
    return isMap(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  }, whole);
}

/** Reads a JSON pointer (RFC 6901) into a value: a step into a list becomes a position. */
export function pathOf(pointer: string, whole: unknown): Path {
  const path: (string | number)[] = [];
  for (const step of pointer.split("/").slice(1)) {
    const name = step.replaceAll("~1", "/").replaceAll("~0", "~");
    path.push(Array.isArray(valueAt(whole, path)) ? Number(name) : name);
  }
  return path;
}
