import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { type VerifyOptions, verifyPacts } from "../../../contracts/provider/index.ts";
import { folder, listCalls, pactOf, pactPatience } from "./pacts.ts";

/** What verification says when it can't be begun. */
async function mistake(options: Partial<VerifyOptions>): Promise<string> {
  const failed: unknown = await verifyPacts({ paths: [], timeoutMs: 300, ...options }).catch((error: unknown) => error);
  expect(failed).toMatchObject({ name: "VerifyMistake" });
  return failed instanceof Error ? failed.message : "";
}

/** Somebody who is no sandbox. */
async function stranger(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const good = { "a.json": pactOf([listCalls]) };
const message = { type: "Asynchronous/Messages", description: "a call rings", contents: {} };

test.each<[string, Record<string, object | string>, string]>([
  ["a folder without pacts", { "readme.md": "" }, "holds no pact"],
  ["a file that is no JSON", { "a.json": "{" }, "can't be read as JSON"],
  ["JSON that is no pact", { "a.json": { hello: 1 } }, "is no pact: it must be a JSON object with consumer.name"],
  ["a list", { "a.json": "[]" }, "is no pact"],
  ["a pact of an unknown version", { "a.json": pactOf([], "5.0") }, 'has the unknown version "5.0"'],
  ["a pact without a version", { "a.json": { ...pactOf([]), metadata: {} } }, "names no version"],
  [
    "an interaction that is none",
    { "a.json": pactOf(["x" as unknown as object]) },
    "interactions[0] must be a JSON object",
  ],
  ["an interaction without a request", { "a.json": pactOf([{}]) }, "interactions[0].request must be a JSON object"],
  [
    "a message that answers a message",
    { "a.json": pactOf([{ ...message, type: "Synchronous/Messages" }], "4.0") },
    'interactions[0] is of the type "Synchronous/Messages"',
  ],
])("PACT-015: %s is refused with the remedy", async (_, files, said) => {
  expect(await mistake({ paths: [folder(files)] })).toContain(said);
});

test("PACT-015: a missing file is named, and so is a provider that no pact is about", async () => {
  expect(await mistake({ paths: ["nowhere.json"] })).toMatch(/^There is no nowhere\.json\. Name a pact file/);
  expect(await mistake({ paths: [folder(good)], provider: "other-api" })).toContain("they are about calls-api");
});

test("PACT-013: everything that the sandbox can't bring about is named before anything runs", async () => {
  const states = [{ name: "a ringing inbund call" }, { name: "no calls", params: { provder: "META" } }];
  const paths = [
    folder({ "a.json": pactOf([{ ...listCalls, providerStates: states }]), "b.json": pactOf([message], "4.0") }),
  ];
  const said = await mistake({ paths, target: { url: "http://127.0.0.1:1" } });
  expect(said.split("\n")).toEqual([
    expect.stringMatching(
      /a\.json, "a request for calls": There is no provider state .* Did you mean a ringing inbound call\?/,
    ),
    expect.stringMatching(/a\.json, .*provder is not one of its parameters\. Did you mean provider\?/),
    expect.stringMatching(/b\.json, "a call rings": the description of a message must begin with its event/),
    "Nothing was verified. All states: calls-sandbox verify --states.",
  ]);
});

test("PACT-016: a target that nobody answers at, that hangs or floods, or that is no sandbox is named", async () => {
  const at = async (url: string) => mistake({ paths: [folder(good)], target: { url } });
  expect(await at("http://127.0.0.1:1")).toContain("can't be reached. Start a sandbox there");
  expect(await at(await stranger(() => undefined))).toContain("did not answer within 0.3 s");
  expect(await at(await stranger((_, response) => void response.end("hello")))).toContain("It is no sandbox");
  const flood = await stranger((_, response) => {
    const part = Buffer.alloc(1024 * 1024);
    const more = () => {
      while (response.write(part));
      response.once("drain", more);
    };
    more();
  });
  const said = await mistake({ paths: [folder(good)], target: { url: flood }, timeoutMs: 10_000 });
  expect(said).toContain("answered with more than 32 MiB");
});

test("PACT-016: a target that hangs later fails its interactions within the limit", {
  timeout: pactPatience,
}, async () => {
  const url = await stranger((request, response) => {
    if (request.url?.endsWith("/reset") === true) response.end('{"id":"default"}');
  });
  const { passed, interactions } = await verifyPacts({ paths: [folder(good)], timeoutMs: 300, target: { url } });
  expect(passed).toBe(false);
  expect(interactions[0]?.mismatches[0]?.message).toContain("The sandbox did not answer within 0.3 s");
});
