import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const contracts = fileURLToPath(new URL("../../../contracts/", import.meta.url));
const consumers = readdirSync(`${contracts}consumers`).toSorted();

/** What the tests below look into. */
interface PactFile {
  readonly consumer: { readonly name: string };
  readonly provider: { readonly name: string };
  readonly interactions: readonly {
    readonly request?: { readonly query?: Readonly<Record<string, readonly string[]>> };
    readonly response?: { readonly status: number };
  }[];
  readonly metadata: { readonly pactSpecification: { readonly version: string } };
}

// A parsed border: Pact writes these files.
const pacts = readdirSync(`${contracts}pacts`).map((file): PactFile => {
  return JSON.parse(readFileSync(`${contracts}pacts/${file}`, "utf8")) as PactFile;
});

test("CLIENT-030: each consumer has one pact, of Pact's version 4 and with this API", () => {
  expect(pacts.map(({ consumer }) => consumer.name).toSorted()).toEqual(consumers);
  for (const { provider, metadata } of pacts) {
    expect(provider.name).toBe("calls-api");
    expect(metadata.pactSpecification.version).toBe("4.0");
  }
});

test("CLIENT-030: every consumer that makes requests is told of a refusal as well", () => {
  for (const { consumer, interactions } of pacts) {
    const statuses = interactions.flatMap(({ response }) => response?.status ?? []);
    const refused = statuses.some((status) => status >= 400);
    expect({ consumer: consumer.name, refused }).toEqual({ consumer: consumer.name, refused: consumer.name !== "crm" });
  }
});

test("CLIENT-028: the pact of the Python program has a first page, a page after it and a refused key", () => {
  const own = pacts.find(({ consumer }) => consumer.name === "python-reporter")?.interactions ?? [];
  const asked = own.map(({ request, response }) => [Object.keys(request?.query ?? {}).toSorted(), response?.status]);
  expect(asked).toHaveLength(3);
  expect(asked).toEqual(
    expect.arrayContaining([
      [["limit"], 200],
      [["before", "limit"], 200],
      [["limit"], 401],
    ]),
  );
});
