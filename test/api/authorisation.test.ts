import { describe, expect, test } from "vitest";
import { apiOperations, type OperationSpec } from "../../spec/generated/operations.ts";
import { answer, keys, testSandbox } from "../support/sandbox.ts";

const operations: readonly OperationSpec[] = Object.values(apiOperations);
const callOperations = operations.filter(({ path }) => path.startsWith("/v1/calls"));
const onlyFor = (provider: "META" | "EVO_GO") =>
  callOperations.filter(({ providers }) => providers?.length === 1 && providers[0] === provider);

/** One request to each operation, without a body: whom it refuses is known before a body is read. */
async function ask(key: keyof typeof keys, { method, path }: OperationSpec) {
  return testSandbox().request(method, path.replace("{callId}", "call_1"), { headers: { "x-api-key": keys[key] } });
}

test("the seed page's thirteen calls operations are all there", () => {
  expect(callOperations).toHaveLength(13);
  expect(onlyFor("META").map(({ id }) => id)).toEqual([
    "preAcceptCall",
    "getCallingSettings",
    "updateCallingSettings",
    "getCallPermission",
    "requestCallPermission",
  ]);
  expect(onlyFor("EVO_GO").map(({ id }) => id)).toEqual(["playAudio", "createRealtimeSession"]);
});

describe("whom a calls operation refuses", () => {
  test.each(callOperations)("AUTH-014: $id refuses the tenant's key", async (operation) => {
    expect(await ask("tenant", operation)).toMatchObject({
      status: 403,
      behaviour: "AUTH-014",
      body: { code: "TENANT_SCOPE_NOT_ALLOWED" },
    });
  });

  test.each(callOperations)("AUTH-015: $id refuses a key that is bound to no number", async (operation) => {
    expect(await ask("unbound", operation)).toMatchObject({
      status: 400,
      behaviour: "AUTH-015",
      body: { code: "NUMBER_NOT_FOUND" },
    });
  });

  test.each(callOperations)(
    "AUTH-016, AUTH-017, AUTH-021: $id refuses a third provider in the vendor's own words",
    async (operation) => {
      expect(await ask("other", operation)).toMatchObject({
        status: 400,
        body: {
          code: "FEATURE_NOT_SUPPORTED",
          error: "Calling is only supported for Meta Cloud API and Pilot Status (web) numbers.",
        },
      });
    },
  );

  test.each(onlyFor("META"))("AUTH-018: $id is not there on EVO_GO", async (operation) => {
    expect(await ask("evo", operation)).toMatchObject({
      status: 400,
      behaviour: "AUTH-018",
      body: { code: "FEATURE_NOT_SUPPORTED", error: expect.stringContaining("META numbers only") },
    });
  });

  test.each(onlyFor("EVO_GO"))("AUTH-019: $id is not there on META", async (operation) => {
    expect(await ask("meta", operation)).toMatchObject({
      status: 400,
      behaviour: "AUTH-019",
      body: { code: "FEATURE_NOT_SUPPORTED", error: expect.stringContaining("EVO_GO numbers only") },
    });
  });
});

test("AUTH-020, AUTH-021: the first refusal of the documented order answers, and mending it shows the next", async () => {
  const sandbox = testSandbox({ mode: "manual" });
  const ringing = await sandbox.control.createInboundCall({ to: "551140000001", from: "+5511988887777" });
  const ended = await sandbox.control.createInboundCall({ to: "551140000001", from: "+5511988887778" });
  await sandbox.api("meta", "POST", `/calls/${ended.id}/reject`);
  const broken = "{";
  const passive = { sdp: answer.replace("a=setup:active", "a=setup:passive") };
  const steps: readonly [string, string, string | null, unknown, string][] = [
    ["DELETE", "/v1/nothing", null, broken, "404 ROUTE_NOT_FOUND"],
    ["DELETE", "/v1/calls/nope/pre-accept", null, broken, "405 METHOD_NOT_ALLOWED"],
    ["POST", "/v1/calls/nope/pre-accept", null, broken, "401 UNAUTHORIZED"],
    ["POST", "/v1/calls/nope/pre-accept", keys.tenant, broken, "403 TENANT_SCOPE_NOT_ALLOWED"],
    ["POST", "/v1/calls/nope/pre-accept", keys.unbound, broken, "400 NUMBER_NOT_FOUND"],
    ["POST", "/v1/calls/nope/pre-accept", keys.other, broken, "400 FEATURE_NOT_SUPPORTED"],
    ["POST", "/v1/calls/nope/pre-accept", keys.evoOffline, broken, "400 FEATURE_NOT_SUPPORTED"],
    ["POST", "/v1/calls/nope/accept", keys.evoOffline, broken, "409 WHATSAPP_INSTANCE_NOT_CONNECTED"],
    ["POST", "/v1/calls/nope/pre-accept", keys.meta, "x".repeat(1024 * 1024 + 1), "413 PAYLOAD_TOO_LARGE"],
    ["POST", "/v1/calls/nope/pre-accept", keys.meta, broken, "400 VALIDATION_ERROR"],
    ["POST", "/v1/calls/nope/pre-accept", keys.meta, {}, "400 VALIDATION_ERROR"],
    ["POST", "/v1/calls/nope/pre-accept", keys.meta, passive, "404 CALL_NOT_FOUND"],
    ["POST", `/v1/calls/${ended.id}/pre-accept`, keys.meta, passive, "400 INVALID_CALL_STATE"],
    ["POST", `/v1/calls/${ringing.id}/pre-accept`, keys.meta, passive, "400 META_SDP_INVALID"],
    ["POST", `/v1/calls/${ringing.id}/pre-accept`, keys.meta, { sdp: answer }, "200 undefined"],
  ];
  const seen: string[] = [];
  for (const [method, path, key, body] of steps) {
    const headers: Record<string, string> = key === null ? {} : { "x-api-key": key };
    const answered = await sandbox.request(method, path, { headers, body });
    seen.push(`${answered.status} ${answered.body.code}`);
  }
  expect(seen).toEqual(steps.map(([, , , , expected]) => expected));
});
