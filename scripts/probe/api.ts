import { ScriptError } from "../lib/script.ts";

/** The few operations of the API that the probe needs. None of them rings a phone. */
export class ProbeApi {
  readonly #base: string;
  readonly #key: string;

  /** @param base an origin, or an address that ends in /v1 */
  constructor(base: string, key: string) {
    const bare = base.replace(/\/+$/, "");
    this.#base = bare.endsWith("/v1") ? bare : `${bare}/v1`;
    this.#key = key;
  }

  /** The call's status; null when the answer has none. */
  async status(callId: string): Promise<string | null> {
    const answer = await this.#ask("GET", `/calls/${encodeURIComponent(callId)}`);
    return text(answer, "status") ?? text(answer["call"], "status");
  }

  /** Mints a session. */
  async session(callId: string, mode: "talk" | "listen"): Promise<Session> {
    const answer = await this.#ask("POST", `/calls/${encodeURIComponent(callId)}/realtime-session`, { mode });
    const wsUrl = text(answer, "wsUrl");
    const token = text(answer, "token");
    if (wsUrl === null || token === null || !URL.canParse(wsUrl))
      throw new ScriptError(
        `The answer of realtime-session has the fields ${Object.keys(answer).join(", ")}, but not wsUrl and token.`,
        "Report that: the sandbox expects both",
      );
    const expires = answer["expiresInSeconds"];
    return {
      wsUrl,
      token,
      fields: Object.keys(answer),
      expiresInSeconds: typeof expires === "number" ? expires : null,
    };
  }

  async #ask(method: string, path: string, body?: object): Promise<Readonly<Record<string, unknown>>> {
    const headers = { "x-api-key": this.#key, ...(body === undefined ? {} : { "content-type": "application/json" }) };
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const signal = AbortSignal.timeout(15_000);
    const response = await fetch(this.#base + path, { method, headers, signal, ...sent }).catch((error: unknown) => {
      throw new ScriptError(`${method} ${shape(path)} got no answer: ${cause(error)}`, "check --api");
    });
    const answer: unknown = await response.json().catch(() => null);
    if (response.ok && typeof answer === "object" && answer !== null) return Object.fromEntries(Object.entries(answer));
    const code = text(answer, "code") ?? text(answer, "error") ?? "no JSON";
    throw new ScriptError(
      `${method} ${shape(path)} was answered with ${response.status} ${code}.`,
      response.status === 401
        ? "check --key"
        : "check --call: it must be a call on an EVO_GO number that has not ended",
    );
  }
}

export interface Session {
  readonly wsUrl: string;
  readonly token: string;
  readonly fields: readonly string[];
  readonly expiresInSeconds: number | null;
}

function text(value: unknown, name: string): string | null {
  if (typeof value !== "object" || value === null) return null;
  const found = new Map<string, unknown>(Object.entries(value)).get(name);
  return typeof found === "string" ? found : null;
}

function shape(path: string): string {
  return path.replace(/^\/calls\/[^/]+/, "/calls/{callId}");
}

function cause(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
