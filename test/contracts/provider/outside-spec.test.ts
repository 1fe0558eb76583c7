import { expect, test } from "vitest";
import { allowedValues } from "../../../contracts/provider/allowed-values.ts";
import { outsideSpec } from "../../../contracts/provider/outside-spec.ts";
import { readPact } from "../../../contracts/provider/read-pact.ts";
import { outsideLines } from "../../../contracts/provider/report.ts";
import { listCalls, pactOf, pactPatience, verifying } from "./pacts.ts";

async function departures(interaction: object, version = "3.0.0") {
  const [found] = await outsideSpec([readPact(JSON.stringify(pactOf([interaction], version)), "a.json")]);
  return (found?.departures ?? []).map(({ in: side, path, message }) => `${side} ${path}: ${message}`);
}

const { request } = listCalls;

/** What a validator says of a value that is not among some. */
const oneOf = (...allowedValues: string[]) => ({ keyword: "enum", params: { allowedValues } });
const only = (allowedValue: string) => ({ keyword: "const", params: { allowedValue } });

test.each([
  [
    "a field that no answer has",
    { response: { status: 200, body: { calls: [{ colour: "red" }] } } },
    "response calls[0].colour: is not a field that the document knows",
  ],
  [
    "a status that no call has",
    { response: { status: 200, body: { calls: [{ status: "BUSY" }] } } },
    "response calls[0].status: must be one of INITIATED, RINGING, ACCEPTED, REJECTED, COMPLETED, FAILED, MISSED",
  ],
  [
    "a value of another type",
    { response: { status: 200, body: { calls: [{ durationSeconds: "60" }] } } },
    "response calls[0].durationSeconds: must be integer,null",
  ],
  [
    "a status that is not documented",
    { response: { status: 418 } },
    "response : the status 418 is not documented for listCalls",
  ],
  [
    "a code that is not listed",
    { response: { status: 400, body: { code: "META_CALL_LIMIT" } } },
    "response code: META_CALL_LIMIT is not listed for listCalls with status 400",
  ],
  [
    "another content type",
    { response: { status: 200, headers: { "Content-Type": "text/html" } } },
    "response : the content type is application/json, not text/html",
  ],
  [
    "a path that does not exist",
    { request: { ...request, path: "/v1/phones" }, response: { status: 404 } },
    "request : the document has nothing at /v1/phones",
  ],
  [
    "a parameter out of its range",
    { request: { ...request, query: { limit: ["500"] } } },
    "request query.limit: limit must be a whole number from 1 to 100",
  ],
])("PACT-014: %s lies outside of the document", async (_, change, expected) => {
  const found = await departures({ ...listCalls, ...change });
  expect(found).toEqual([expect.stringContaining(expected)]);
});

test.each([
  [
    "a part of an answer",
    { response: { status: 200, body: { calls: [{ id: "call_1", status: "COMPLETED", durationSeconds: 60 }] } } },
  ],
  ["an answer without a body", { response: { status: 200 } }],
  [
    "a refusal that the client provokes",
    { request: { ...request, query: { limit: ["0"] } }, response: { status: 400, body: { code: "INVALID_LIMIT" } } },
  ],
  ["the longer prefix", { request: { ...request, path: "/api/v1/calls" } }],
])("PACT-014: %s lies inside", async (_, change) => {
  expect(await departures({ ...listCalls, ...change })).toEqual([]);
});

test("PACT-014: webhooks are compared, too", async () => {
  const message = (content: object) => ({
    type: "Asynchronous/Messages",
    description: "call.ended for an answered call",
    contents: { content, contentType: "application/json", encoded: false },
  });
  expect(await departures(message({ event: "call.ended", durationSeconds: 60 }), "4.0")).toEqual([]);
  expect(await departures(message({ event: "call.ended", length: 60 }), "4.0")).toEqual([
    "response length: is not a field that the document knows",
  ]);
  // The status of an ended call is one of few: those of all calls are not listed beside them, and a constant is named.
  expect(await departures(message({ event: "call.endd", status: "BUSY" }), "4.0")).toEqual([
    "response event: must be call.ended",
    "response status: must be one of COMPLETED, FAILED, REJECTED",
  ]);
});

test.each<[string, Parameters<typeof allowedValues>[0], unknown[] | null]>([
  ["a constant in place of a list", [oneOf("a", "b"), only("a")], ["a"]],
  ["alternatives together", [only("a"), only("b")], ["a", "b"]],
  ["alternatives that no list holds together", [oneOf("a", "b"), oneOf("c", "d", "e")], ["a", "b", "c", "d", "e"]],
  ["none where no value is named", [{ keyword: "type", params: { type: "string" } }], null],
])("PACT-014: of the allowed values it names %s", (_, errors, expected) => {
  expect(allowedValues(errors)).toEqual(expected);
});

test("PACT-014: it is named before anything runs, and fails nothing", { timeout: pactPatience }, async () => {
  const heard: string[] = [];
  const tolerant = {
    ...listCalls,
    providerStates: [{ name: "calls in the list", params: { provider: "EVO_GO", count: 1 } }],
    response: {
      status: 200,
      body: { calls: [{ status: "BUSY" }] },
      matchingRules: { body: { "$.calls[0].status": { matchers: [{ match: "type" }] } } },
    },
  };
  const { passed, outside } = await verifying([tolerant], {
    onOutside: (all) => heard.push(...outsideLines(all)),
  });
  expect(heard).toEqual([
    expect.stringMatching(
      /^WARNING {2}outside the OpenAPI document: .*a\.json, "a request for calls": response calls\[0\]\.status: /,
    ),
  ]);
  expect([passed, outside.length]).toEqual([true, 1]);
});
