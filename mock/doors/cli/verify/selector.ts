/** Which versions of which consumers: Pact's own properties, such as `mainBranch` or `environment`. */
export type ConsumerVersionSelector = Readonly<Record<string, string | boolean>>;

/** A `--selector` that can't be read. */
export class SelectorFormError extends Error {
  override readonly name = "SelectorFormError";
}

/**
 * Reads a consumer version selector: names with or without a value, or JSON as Pact takes it.
 *
 * @throws SelectorFormError when it is neither
 * @example parseSelector("tag=prod,latest") // { tag: "prod", latest: true }
 */
export function parseSelector(text: string): ConsumerVersionSelector {
  return text.trimStart().startsWith("{") ? fromJson(text) : fromWords(text);
}

function fromWords(text: string): ConsumerVersionSelector {
  const entries = text.split(",").map((part): [string, string | boolean] => {
    const [, name = "", value] = /^\s*([A-Za-z]+)(?:=(.+?))?\s*$/.exec(part) ?? [];
    if (name === "") throw unreadable(text);
    return [name, value === undefined || value === "true" ? true : value];
  });
  return Object.fromEntries(entries);
}

function fromJson(text: string): ConsumerVersionSelector {
  // A text that begins with a brace and is JSON is an object.
  let json: object;
  try {
    json = JSON.parse(text);
  } catch {
    throw unreadable(text);
  }
  const entries: readonly (readonly [string, unknown])[] = Object.entries(json);
  const plain = entries.filter((entry): entry is readonly [string, string | boolean] =>
    ["string", "boolean"].includes(typeof entry[1]),
  );
  if (plain.length === 0 || plain.length < entries.length) throw unreadable(text);
  return Object.fromEntries(plain);
}

function unreadable(text: string): SelectorFormError {
  return new SelectorFormError(
    `A selector is such as mainBranch, branch=feat-x or tag=prod,latest, or JSON like {"environment":"production"}; ${JSON.stringify(text)} is neither.`,
  );
}
