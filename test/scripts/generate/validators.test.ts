import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { bundleDocument } from "../../../scripts/generate/bundle.ts";
import { apiValidatorFiles } from "../../../scripts/generate/validator-files.ts";
import { validatorsModule } from "../../../scripts/generate/validators.ts";
import type { Validator } from "../../../spec/generated/validator.ts";

const spec = fileURLToPath(new URL("../fixtures/project/spec/", import.meta.url));
let requests: Record<string, Validator>;
let answers: Record<string, Record<string, Validator>>;
let webhooks: Record<string, Validator>;

beforeAll(async () => {
  const api = await bundleDocument(`${spec}openapi.yaml`);
  const loaded: Record<string, unknown> = {};
  for (const file of apiValidatorFiles(api)) {
    const code = await validatorsModule("spec", api, file);
    Object.assign(loaded, await import(`data:text/javascript,${encodeURIComponent(code)}`));
  }
  // A parsed border: the modules were made a moment ago.
  ({
    requestValidators: requests,
    responseValidators: answers,
    webhookValidators: webhooks,
  } = loaded as {
    requestValidators: typeof requests;
    responseValidators: typeof answers;
    webhookValidators: typeof webhooks;
  });
});

/** What a validator says: each error's place and message, or nothing. */
function said(validate: Validator | undefined, data: unknown): string[] {
  if (validate === undefined) throw new Error("there is no such validator");
  return validate(data) ? [] : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
}

const call = { id: "call_1", status: "RINGING", endedAt: null };

test.each([
  ["a good body", { to: "5511", at: "2026-01-01T00:00:00Z" }, []],
  ["an unknown field", { to: "5511", more: 1 }, []],
  ["no body at all", null, [" must be object"]],
  ["a missing field", {}, [" must have required property 'to'"]],
  [
    "two errors at once",
    { to: "1", at: "soon" },
    ["/to must NOT have fewer than 3 characters", '/at must match format "date-time"'],
  ],
])("a request with %s", (_title, data, want) => {
  expect(said(requests["startCall"], data)).toEqual(want);
});

test.each([
  ["listCalls", "200", [call], 0],
  ["listCalls", "200", [{ ...call, next: { ...call, status: "ASLEEP" } }], 1],
  ["startCall", "201", call, 0],
  ["startCall", "400", { error: "no", code: "VALIDATION_ERROR" }, 0],
  ["startCall", "400", { error: "", code: 7 }, 1],
  ["endCall", "404", {}, 1],
])("the answer of %s with status %s", (operation, status, data, errors) => {
  expect(said(answers[operation]?.[status], data)).toHaveLength(errors);
});

test("an answer without a body has no validator", () => {
  expect(Object.keys(answers["endCall"] ?? {})).toEqual(["404"]);
});

test("two answers with one schema share one validator", () => {
  expect(answers["startCall"]?.["400"]).toBe(answers["listCalls"]?.["400"]);
});

test("webhook payloads are found by the webhook's name", () => {
  expect(said(webhooks["call.ended"], call)).toEqual([]);
  expect(said(webhooks["call.ended"], {})).toHaveLength(1);
});
