import { copyFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";

// Before Pact is loaded: it and what it brings along report their use otherwise.
Object.assign(process.env, { PACT_DO_NOT_TRACK: "true", SCARF_ANALYTICS: "false" });
const { MatchersV3, Pact } = await import("@pact-foundation/pact");

/** A `regex` has to fit all of a text: Pact's verifier anchors it at both ends. */
export const { arrayContaining, eachLike, equal, integer, like, regex } = MatchersV3;
const { fromProviderState } = MatchersV3;

/** Where the committed pacts are. */
const committed = fileURLToPath(new URL("../../../../contracts/pacts/", import.meta.url));

/**
 * The contract of one consumer, written by the tests of a file, each of which runs the program against Pact's mock server.
 * The last test holds what they wrote against the committed file; `npm run contracts:write` writes that file anew.
 *
 * @param consumer its name, which is that of its folder
 * @param recording defines the tests
 */
export async function contract(consumer: string, recording: (pact: InstanceType<typeof Pact>) => void): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), "calls-sandbox-pacts-"));
  afterAll(() => rm(dir, { recursive: true, force: true }));
  recording(new Pact({ consumer, provider: "calls-api", dir, logLevel: "error" }));
  test("CLIENT-029: the committed pact is byte for byte what the program writes", async () => {
    const file = `${consumer}-calls-api.json`;
    if (process.env["CONTRACTS"] === "write") await copyFile(join(dir, file), join(committed, file));
    const [written, kept] = await Promise.all([dir, committed].map((folder) => textOf(join(folder, file))));
    expect(kept, `contracts/pacts/${file} is not what the program writes: npm run contracts:write`).toBe(written);
  });
}

function textOf(file: string): Promise<string | null> {
  return readFile(file, "utf8").catch(() => null);
}

/** A refusal, as far as programs look into it. */
export function refusal(code: string, error: string) {
  return { code, error: like(error) };
}

/**
 * The path of a call that the provider's state makes, such as `/v1/calls/${callId}/accept`. By itself a value from the
 * provider's state fits every path of the mock server, so it is told which.
 */
export function ofCall(rest = "") {
  const example = `/v1/calls/${callId}${rest}`;
  return {
    ...fromProviderState(`/v1/calls/\${callId}${rest}`, example),
    ...regex(`^/v1/calls/[^/]+${rest}$`, example),
  };
}

/** The call of the examples. */
export const callId = "call_01KWM7WSC06Z4T8QK2N5W7RXDH";
