import fc from "fast-check";
import { expect, test } from "vitest";
import { apiOperations, type OperationSpec } from "../../spec/generated/operations.ts";
import { answer, keys, offer, testSandbox } from "../support/sandbox.ts";
import { dumpState } from "./dump-state.ts";
import { busyWorld } from "./refused-requests.ts";

const operations: readonly OperationSpec[] = Object.values(apiOperations);

/** Values that a body's fields might hold: right ones now and then, so that requests get past the first check. */
const value = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      "+5511999999999",
      offer,
      answer,
      "offer",
      "talk",
      "ENABLED",
      "https://example.com/a.ogg",
    ),
  },
  { weight: 2, arbitrary: fc.string({ unit: "binary", maxLength: 40 }) },
  { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
);
const field = fc.constantFrom(
  "to",
  "sdp",
  "sdpType",
  "bizOpaqueCallbackData",
  "text",
  "mode",
  "audioUrl",
  "mediaUrl",
  "status",
  "call_hours",
  "voicemail",
  "callback_permission_status",
  "__proto__",
);
const body = fc.oneof(
  { weight: 5, arbitrary: fc.dictionary(field, value, { maxKeys: 4 }).map((fields) => JSON.stringify(fields)) },
  { weight: 1, arbitrary: fc.json() },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 60 }) },
);
const query = fc.oneof(
  fc.constant(""),
  fc.webQueryParameters().map((text) => `?${text}`),
  fc
    .record({
      name: fc.constantFrom("limit", "before", "to", "includeSdp"),
      text: fc.string({ unit: "binary", maxLength: 30 }),
    })
    .filter(({ text }) => text.isWellFormed())
    .map(({ name, text }) => `?${name}=${encodeURIComponent(text)}`),
);

test("ERR-010: whatever is sent, nothing answers with a 5xx and every refusal has changed nothing", async () => {
  const { sandbox, ids } = await busyWorld();
  const request = fc.record({
    operation: fc.constantFrom(...operations),
    key: fc.constantFrom(keys.meta, keys.evo),
    ref: fc.oneof(fc.constantFrom(...Object.values(ids)), fc.webSegment()),
    query,
    body,
  });
  await fc.assert(
    fc.asyncProperty(request, async ({ operation, key, ref, query: search, body: text }) => {
      const before = dumpState(sandbox.world);
      const path = operation.path.replace(/\{\w+\}/, ref) + search;
      const answered = await sandbox.request(operation.method, path, {
        headers: { "x-api-key": key },
        ...(operation.method === "GET" || operation.method === "DELETE" ? {} : { body: text }),
      });
      expect(answered.status).toBeLessThan(500);
      if (answered.status >= 400) expect(dumpState(sandbox.world)).toBe(before);
    }),
    { numRuns: 500 },
  );
});

test("ERR-012: the gateway itself counts no requests", async () => {
  const sandbox = testSandbox();
  const statuses = new Set<number>();
  for (let count = 0; count < 1_000; count++) {
    const { status } = await sandbox.request("GET", "/v1/calls", { headers: { "x-api-key": keys.evo } });
    statuses.add(status);
  }
  expect([...statuses]).toEqual([200]);
});
