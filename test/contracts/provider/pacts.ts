import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { type VerifyOptions, verifyPacts } from "../../../contracts/provider/index.ts";

/** Pacts that were written by hand, as libraries of other languages and times write them. */
export const handWritten = fileURLToPath(new URL("./pacts/", import.meta.url));

/** How long a test may take in which Pact's own verifier runs, on a busy machine. */
export const pactPatience = 60_000;

/** An interaction that every sandbox fulfils. */
export const listCalls = {
  description: "a request for calls",
  request: { method: "GET", path: "/v1/calls", headers: { "x-api-key": "ps_sandbox_evo" } },
  response: { status: 200, body: { calls: [] } },
};

/** A pact of the specification 3. */
export function pactOf(interactions: readonly object[], version: unknown = "3.0.0"): object {
  return {
    consumer: { name: "a-consumer" },
    provider: { name: "calls-api" },
    interactions,
    metadata: { pactSpecification: { version } },
  };
}

/** A folder with files of a test's own, which is gone afterwards. */
export function folder(files: Readonly<Record<string, object | string>>): string {
  const directory = mkdtempSync(join(tmpdir(), "calls-sandbox-pacts-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(join(directory, name), typeof content === "string" ? content : JSON.stringify(content));
  }
  return directory;
}

/** Verifies some interactions as one pact, against a fresh sandbox. */
export function verifying(interactions: readonly object[], options: Partial<VerifyOptions> = {}, version = "3.0.0") {
  const paths = [folder({ "a.json": pactOf(interactions, version) })];
  return verifyPacts({ paths, timeoutMs: 10_000, ...options });
}
