import { readFileSync } from "node:fs";
import { onTestFinished } from "vitest";
import { createSandbox, type Sandbox } from "../../mock/sandbox.ts";
import type { SandboxOptions } from "../../mock/sandbox-options.ts";
import { keysOf, type WorldKeys } from "../../mock/world/seed.ts";

/** The keys of the world `default`, by name. */
export const keys: WorldKeys = keysOf("default");

/** The person who allows calls on META numbers from the start. */
export const callable = "+5511999999999";

const example = (name: string): Record<string, string> =>
  JSON.parse(readFileSync(new URL(`../../examples/${name}.json`, import.meta.url), "utf8"));

/** A legal SDP offer and answer, the ones in examples/. */
export const offer = example("offer")["sdp"] ?? "";
export const answer = example("answer")["sdp"] ?? "";

/** What a request was answered with. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // What an answer holds is what the tests are about: they look into it freely.
  // biome-ignore lint/suspicious/noExplicitAny: a parsed answer in a test
  readonly body: any;
  /** The ledger entry behind a refusal. */
  readonly behaviour: string | null;
}

/** A sandbox on a virtual clock, with every answer checked against the spec, closed when the test ends. */
export interface TestSandbox extends Sandbox {
  /** One request through the app, without a port. `body` is sent as JSON; a string is sent as it is. */
  request(method: string, path: string, options?: RequestOptions): Promise<Answer>;
  /** The same, by key name: `api("meta", "GET", "/calls")` is `GET /v1/calls` with the META key. */
  api(key: keyof WorldKeys, method: string, path: string, body?: unknown): Promise<Answer>;
  /** Moves the virtual clock of the world `default`, for example by `PT1S`. */
  advance(by: string): Promise<void>;
}

export interface RequestOptions {
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

/** The moment at which the clock of a test stands still: a Thursday. */
export const testNow = "2026-01-01T00:00:00.000Z";

export function testSandbox(options: SandboxOptions = {}): TestSandbox {
  const sandbox = createSandbox({ clock: "virtual", now: testNow, validateResponses: true, ...options });
  onTestFinished(() => sandbox.close());
  const request = async (
    method: string,
    path: string,
    { headers = {}, body }: RequestOptions = {},
  ): Promise<Answer> => {
    const sent = body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) };
    const type = body === undefined ? {} : { "content-type": "application/json" };
    const response = await sandbox.app.request(path, { method, headers: { ...type, ...headers }, ...sent });
    const text = await response.text();
    const behaviour = response.headers.get("x-sandbox-behaviour");
    return {
      status: response.status,
      headers: response.headers,
      body: text === "" ? null : JSON.parse(text),
      behaviour,
    };
  };
  return {
    ...sandbox,
    request,
    api: (key, method, path, body) => request(method, `/v1${path}`, { headers: { "x-api-key": keys[key] }, body }),
    advance: async (by) => {
      await sandbox.control.advanceClock({ by });
    },
  };
}
