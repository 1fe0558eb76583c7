import { type Refusal, refuse } from "../domain/refusals/refusal.ts";
import { keysOf } from "../world/seed.ts";
import type { FoundKey, Worlds } from "../world/worlds.ts";

export type Authenticated = ({ readonly ok: true } & FoundKey) | { readonly ok: false; readonly refusal: Refusal };

/** Reads one header, or undefined when it is absent. */
export type HeaderReader = (name: string) => string | undefined;

/**
 * Finds the key that a request carries: the secret in `x-api-key`, or its id in `x-api-key-id`. Either alone is enough;
 * both must name the same key (AUTH-001 to AUTH-012).
 */
export function authenticate(worlds: Worlds, header: HeaderReader): Authenticated {
  const secret = header("x-api-key");
  const id = header("x-api-key-id");
  if (!secret && !id) return no(missingKey(header));
  const bySecret = secret ? worlds.bySecret(secret) : undefined;
  const byId = id ? worlds.byKeyId(id) : undefined;
  if (secret && bySecret === undefined) return no(unknownKey("x-api-key", secret));
  if (id && byId === undefined) return no(unknownKey("x-api-key-id", id));
  const found = bySecret ?? byId;
  if (found === undefined) return no(missingKey(header));
  if (byId !== undefined && byId.key !== found.key) return no(contradiction());
  return { ok: true, ...found };
}

function no(refusal: Refusal): Authenticated {
  return { ok: false, refusal };
}

function missingKey(header: HeaderReader): Refusal {
  const empty = header("x-api-key") === "" || header("x-api-key-id") === "";
  const bearer = header("authorization") !== undefined;
  const found = bearer ? "an Authorization header, which the API does not read" : empty ? "an empty one" : "none";
  return refuse("UNAUTHORIZED", {
    message: `An API key is needed, and there was ${found}. Send the header x-api-key, for example x-api-key: ${keysOf("default").meta}.`,
    behaviour: bearer ? "AUTH-012" : empty ? "AUTH-007" : "AUTH-004",
  });
}

function unknownKey(header: "x-api-key" | "x-api-key-id", value: string): Refusal {
  const several = value.includes(",");
  const known = Object.values(keysOf("default"));
  const shown = header === "x-api-key" ? known : known.map((key) => key.replace("ps_", ""));
  const problem = several ? `${header} names more than one key` : `No key of this sandbox is ${quoted(value)}`;
  return refuse("UNAUTHORIZED", {
    message: `${problem}. Its own keys are ${shown.join(", ")}; other worlds have the keys they were created with.`,
    behaviour: several
      ? "AUTH-011"
      : value.startsWith("ps_")
        ? "AUTH-008"
        : header === "x-api-key"
          ? "AUTH-005"
          : "AUTH-006",
  });
}

/** A key from a real account may have been sent by mistake: enough of it to recognise, never the whole. */
function quoted(value: string): string {
  return JSON.stringify(value.length <= 8 ? value : `${value.slice(0, 7)}…`);
}

function contradiction(): Refusal {
  return refuse("UNAUTHORIZED", {
    message: "x-api-key and x-api-key-id name different keys. Send one of them, or both of the same key.",
    behaviour: "AUTH-010",
  });
}
