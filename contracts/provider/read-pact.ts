import { isMap, itemsOf, valueAt } from "../../mock/config/path.ts";
import { VerifyMistake } from "./mistake.ts";
import type { HttpInteraction, Interaction, MessageInteraction, Pact } from "./pact.ts";

type Json = Readonly<Record<string, unknown>>;

const versions: readonly Pact["version"][] = [1, 2, 3, 4];

/**
 * Reads a pact of the specification 1, 2, 3 or 4.
 *
 * @param source the file or address, for messages
 * @throws VerifyMistake when it is none
 */
export function readPact(text: string, source: string): Pact {
  const json = parsed(text, source);
  const consumer = valueAt(json, ["consumer", "name"]);
  const provider = valueAt(json, ["provider", "name"]);
  const lists = ["interactions", "messages"].filter((name) => isMap(json) && Array.isArray(json[name]));
  if (!isMap(json) || typeof consumer !== "string" || typeof provider !== "string" || lists.length === 0) {
    throw new VerifyMistake(
      `${source} is no pact: it must be a JSON object with consumer.name, provider.name and interactions (or messages). Name a file that a Pact library has written.`,
    );
  }
  const version = versionOf(json, source);
  const interactions = itemsOf(json["interactions"]).map((item, index) =>
    read(item, version, `${source}: interactions[${index}]`),
  );
  const messages = itemsOf(json["messages"]).map((item, index) =>
    message(asMap(item, `${source}: messages[${index}]`)),
  );
  return { source, consumer, provider, version, interactions: [...interactions, ...messages] };
}

/** Where the libraries of different times write it. */
const versionPaths = [
  ["pactSpecification", "version"],
  ["pact-specification", "version"],
  ["pactSpecificationVersion"],
] as const;

function versionOf({ metadata }: Json, source: string): Pact["version"] {
  const found = versionPaths.map((path) => valueAt(metadata, path)).find((version) => version !== undefined);
  const version = versions.find((each) => String(each) === String(found).split(".")[0]);
  if (version !== undefined) return version;
  const told = found === undefined ? "names no version" : `has the unknown version ${JSON.stringify(found)}`;
  throw new VerifyMistake(
    `${source} ${told} of Pact's specification. Versions 1 to 4 can be verified; it stands in metadata.pactSpecification.version.`,
  );
}

function read(item: unknown, version: Pact["version"], where: string): Interaction {
  const json = asMap(item, where);
  // Only the specification 4 has interactions of several types in one list.
  const type = version === 4 ? json["type"] : "Synchronous/HTTP";
  if (type === "Synchronous/HTTP") return http(json, where);
  if (type === "Asynchronous/Messages") return message(json);
  throw new VerifyMistake(
    `${where} is of the type ${JSON.stringify(type)}, which this API has nothing of. It can be Synchronous/HTTP or Asynchronous/Messages.`,
  );
}

function http(json: Json, where: string): HttpInteraction {
  const request = asMap(json["request"], `${where}.request`);
  const response = asMap(json["response"], `${where}.response`);
  const sent = { headers: headersOf(request["headers"]), body: bodyOf(request["body"]) };
  const expected = { headers: headersOf(response["headers"]), body: bodyOf(response["body"]) };
  return {
    kind: "http",
    ...described(json),
    request: {
      method: String(request["method"] ?? "GET").toUpperCase(),
      target: `${String(request["path"] ?? "/")}${queryOf(request["query"])}`,
      ...sent,
      headers: withJsonType(sent),
    },
    response: { status: Number(response["status"] ?? 200), ...expected, headers: withJsonType(expected) },
  };
}

function message(json: Json): MessageInteraction {
  const contents = json["contents"];
  const text = bodyOf(contents);
  return { kind: "message", ...described(json), contents: text === null ? null : jsonOr(text, null) };
}

function described(json: Json): Pick<Interaction, "description" | "states" | "stateValues"> {
  const named = itemsOf(json["providerStates"]).flatMap((state) =>
    isMap(state) && typeof state["name"] === "string" ? [{ name: state["name"], params: mapOr(state["params"]) }] : [],
  );
  // Specification 2 has one state, and no parameters; very old files write it with an underscore.
  const single = json["providerState"] ?? json["provider_state"];
  const states = typeof single === "string" && single !== "" ? [{ name: single, params: {} }, ...named] : named;
  const stateValues = [json, json["request"], json["response"]].flatMap((part) =>
    namesIn(valueAt(part, ["generators"])),
  );
  return { description: String(json["description"] ?? ""), states, stateValues: [...new Set(stateValues)] };
}

/** The names in the expressions of generators of the type ProviderState: `/v1/calls/${callId}`, or a bare `callId`. */
function namesIn(generators: unknown): readonly string[] {
  if (!isMap(generators)) return [];
  const { type, expression } = generators;
  if (type !== "ProviderState" || typeof expression !== "string") return Object.values(generators).flatMap(namesIn);
  const named = [...expression.matchAll(/\$\{([^}]+)\}/g)].flatMap(([, name]) => name?.trim() ?? []);
  return named.length === 0 ? [expression] : named;
}

/** Header names in lower case; several values of one header in a line. */
function headersOf(value: unknown): Readonly<Record<string, string>> {
  const entries = Object.entries(mapOr(value));
  return Object.fromEntries(
    entries.map(([name, content]) => [
      name.toLowerCase(),
      Array.isArray(content) ? content.join(", ") : String(content),
    ]),
  );
}

/** Pact says JSON where a body is JSON and no header says what it is. */
function withJsonType({ headers, body }: { headers: Readonly<Record<string, string>>; body: string | null }) {
  return body === null || "content-type" in headers ? headers : { ...headers, "content-type": "application/json" };
}

/** The query of specification 2 is a text; later ones list the values of each name. */
function queryOf(value: unknown): string {
  if (typeof value === "string") return value === "" ? "" : `?${value}`;
  const pairs = Object.entries(mapOr(value)).flatMap(([name, values]) =>
    (Array.isArray(values) ? values : [values]).map((each): [string, string] => [name, String(each)]),
  );
  return pairs.length === 0 ? "" : `?${new URLSearchParams(pairs)}`;
}

/** A body's text. Specification 4 wraps it, with its encoding; before that it is JSON, or a text. */
function bodyOf(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  if (!isMap(value) || !("content" in value) || !("encoded" in value || "contentType" in value)) return textOf(value);
  const { content, encoded } = value;
  if (content === undefined || content === null) return null;
  if (encoded === "base64") return Buffer.from(String(content), "base64").toString("utf8");
  return encoded === "JSON" ? String(content) : textOf(content);
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function mapOr(value: unknown): Json {
  return isMap(value) ? value : {};
}

function asMap(value: unknown, where: string): Json {
  if (isMap(value)) return value;
  throw new VerifyMistake(
    `${where} must be a JSON object, and is none. Have the consumer's tests write the pact anew.`,
  );
}

function parsed(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new VerifyMistake(
      `${source} is no pact: it can't be read as JSON (${reason}). Name a file that a Pact library has written.`,
    );
  }
}

function jsonOr(text: string, otherwise: unknown): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return otherwise;
  }
}
