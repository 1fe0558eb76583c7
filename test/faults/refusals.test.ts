import { expect, test } from "vitest";
import { metaErrors } from "../../mock/domain/refusals/meta-errors.ts";
import { dumpState } from "../api/dump-state.ts";
import { keys, testSandbox } from "../support/sandbox.ts";
import { arm, dial } from "./arm.ts";

test.each([
  ["UNAUTHORIZED", 401],
  ["WHATSAPP_INSTANCE_NOT_CONNECTED", 409],
  ["PAYLOAD_TOO_LARGE", 413],
  ["INVALID_CALL_STATE", 400],
  ["STORAGE_FULL", 503],
])("CTRL-059, ERR-008: a rule refuses with %s, whether or not the operation lists it", async (code, status) => {
  const sandbox = testSandbox();
  const id = await arm(sandbox, { target: { operation: "listCalls" }, effect: { type: "refusal", code } });
  const refused = await sandbox.api("evo", "GET", "/calls");
  expect(refused).toMatchObject({ status, behaviour: "ERR-008", body: { code } });
  expect(refused.headers.get("x-sandbox-fault")).toBe(id);
  expect(refused.body.error).toContain(`DELETE /_sandbox/worlds/default/faults/${id}`);
});

test("CTRL-059, ERR-005: a VALIDATION_ERROR by rule has issues like every other", async () => {
  const sandbox = testSandbox();
  await arm(sandbox, { target: { operation: "listCalls" }, effect: { type: "refusal", code: "VALIDATION_ERROR" } });
  const { body } = await sandbox.api("evo", "GET", "/calls");
  expect(body.details.issues).toEqual([{ path: "", message: expect.stringContaining("fault_1") }]);
});

const refusals = Object.entries(metaErrors).flatMap(([code, error]) =>
  error.seenIn === "answer" ? [{ code, name: error.name, status: error.gatewayStatus }] : [],
);

test.each(refusals)("CTRL-059: a rule refuses with Meta's $code by its number and as $name", async (row) => {
  const sandbox = testSandbox();
  for (const code of [Number(row.code), row.code, row.name]) {
    await sandbox.control.deleteFaults();
    await arm(sandbox, { target: { operation: "startCall" }, effect: { type: "refusal", code } });
    const refused = await sandbox.api("meta", "POST", "/calls", { to: "+5511988887777" });
    expect(refused).toMatchObject({ status: row.status, behaviour: "ERR-008", body: { code: row.name } });
    expect(refused.body.details.meta.code).toBe(Number(row.code));
  }
});

test("CTRL-059: details.meta has the style that Meta uses for the code, or the one that the rule asks for", async () => {
  const sandbox = testSandbox();
  const metaOf = async (code: number, style?: "plain" | "user") => {
    await sandbox.control.deleteFaults();
    const effect = { type: "refusal" as const, code, ...(style === undefined ? {} : { style }) };
    await arm(sandbox, { target: { operation: "startCall" }, effect });
    const { body } = await sandbox.api("meta", "POST", "/calls", { to: "+5511988887777" });
    return body.details.meta;
  };
  const { title, details } = metaErrors[138012];
  const common = { type: "OAuthException", code: 138012, fbtrace_id: expect.any(String) };
  const error_data = { messaging_product: "whatsapp", details };
  const plain = { ...common, message: `(#138012) ${title}`, error_data };
  const user = { is_transient: false, error_user_title: title, error_user_msg: details };
  expect(await metaOf(138012)).toEqual(plain);
  expect(await metaOf(138012, "plain")).toEqual(plain);
  expect(await metaOf(138012, "user")).toEqual({ ...common, message: title, ...user, error_data });
  expect(await metaOf(138013)).toHaveProperty("error_user_title", "Business-initiated calling not available");
  const forced = await metaOf(138013, "plain");
  expect(forced.message).toMatch(/^\(#138013\) /);
  expect(forced).not.toHaveProperty("error_user_title");
});

test("CTRL-059: a rule's Meta error has Meta's own status where that is asked for", async () => {
  const sandbox = testSandbox({ metaErrorStatus: "forward" });
  await arm(sandbox, { target: { operation: "startCall" }, effect: { type: "refusal", code: 138006 } });
  expect((await sandbox.api("meta", "POST", "/calls", { to: "+5511988887777" })).status).toBe(401);
});

test.each([
  [500, "INTERNAL_SERVER_ERROR"],
  [502, "BAD_GATEWAY"],
  [503, "SERVICE_UNAVAILABLE"],
  [504, "GATEWAY_TIMEOUT"],
] as const)("CTRL-060, ERR-008: a broken gateway answers %i in JSON or with a page", async (status, code) => {
  const sandbox = testSandbox();
  const id = await arm(sandbox, { target: { operation: "getCall" }, effect: { type: "status", status } });
  const json = await sandbox.api("evo", "GET", "/calls/call_1");
  expect(json).toMatchObject({ status, body: { code, error: expect.stringContaining(id) } });
  await sandbox.control.deleteFaults();
  await arm(sandbox, { target: { operation: "getCall" }, effect: { type: "status", status, body: "html" } });
  const page = await sandbox.app.request("/v1/calls/call_1", { headers: { "x-api-key": keys.evo } });
  expect([page.status, page.headers.get("content-type")]).toEqual([status, "text/html"]);
  expect(page.headers.get("x-sandbox-fault")).toBe("fault_2");
  expect(await page.text()).toContain(`<h1>${status}</h1>`);
});

test.each([
  { type: "refusal", code: "META_CALL_CONNECT_FAILED" },
  { type: "status", status: 503 },
  { type: "reset" },
] as const)("CTRL-058, ERR-011: $type leaves no change behind", async (effect) => {
  const sandbox = testSandbox();
  await dial(sandbox, "+5511977776666");
  await arm(sandbox, { target: { operation: "*" }, effect });
  const before = dumpState(sandbox.world);
  const attempts = [
    () => dial(sandbox),
    () => sandbox.api("evo", "POST", `/calls/${sandbox.world.state.calls.latest()?.id}/terminate`),
    () => sandbox.api("evo", "POST", "/webhooks", { url: "http://localhost/hook", name: "n", events: ["*"] }),
    () => sandbox.api("meta", "POST", "/calls/permissions/request", { to: "+5511988887777" }),
  ];
  for (const attempt of attempts) {
    if (effect.type === "reset") await expect(attempt()).rejects.toThrow(TypeError);
    else expect((await attempt()).status).toBeGreaterThanOrEqual(500);
  }
  expect(dumpState(sandbox.world)).toBe(before);
  expect((await sandbox.control.listFaults()).faults).toMatchObject([{ hits: 4 }]);
});
