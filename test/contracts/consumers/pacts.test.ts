import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const contracts = fileURLToPath(new URL("../../../contracts/", import.meta.url));
const consumers = readdirSync(`${contracts}consumers`).toSorted();

/** What the tests below look into. */
interface PactFile {
  readonly consumer: { readonly name: string };
  readonly provider: { readonly name: string };
  readonly interactions: readonly { readonly type: string; readonly response?: { readonly status: number } }[];
  readonly metadata: { readonly pactSpecification: { readonly version: string } };
}

// A parsed border: Pact writes these files.
const pacts = readdirSync(`${contracts}pacts`).map((file): PactFile => {
  return JSON.parse(readFileSync(`${contracts}pacts/${file}`, "utf8")) as PactFile;
});

test("CLIENT-041: each consumer has one pact, of Pact's version 4 and with this API", () => {
  expect(pacts.map(({ consumer }) => consumer.name).toSorted()).toEqual(consumers);
  for (const { provider, metadata } of pacts) {
    expect(provider.name).toBe("calls-api");
    expect(metadata.pactSpecification.version).toBe("4.0");
  }
});

test("CLIENT-041: every consumer that makes requests is told of a refusal as well", () => {
  for (const { consumer, interactions } of pacts) {
    const statuses = interactions.flatMap(({ response }) => response?.status ?? []);
    const refused = statuses.some((status) => status >= 400);
    expect({ consumer: consumer.name, refused }).toEqual({ consumer: consumer.name, refused: consumer.name !== "crm" });
  }
});
