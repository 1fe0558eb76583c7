import { expect, test } from "vitest";
import { testSandbox } from "../support/sandbox.ts";
import { ask, outcome, person } from "./requests.ts";

const contact = "/contacts/5511988887777";

test.each<[string, string, unknown, string]>([
  ["PATCH", "", {}, "mode"],
  ["PATCH", "", { mode: "automatic" }, "mode"],
  ["PATCH", "", { mode: "manual", extra: 1 }, "extra"],
  ["PATCH", "", undefined, ""],
  ["PATCH", "", [], ""],
  ["POST", "/numbers", { provider: "META" }, "number"],
  ["POST", "/numbers", { provider: "TWILIO", number: "+551140009999" }, "provider"],
  ["POST", "/numbers", { provider: "META", number: "12" }, "number"],
  ["POST", "/numbers", { provider: "META", number: 551140009999 }, "number"],
  ["POST", "/numbers", { provider: "META", number: "+551140009999", colour: "red" }, "colour"],
  ["POST", "/numbers", { provider: "META", number: "+551140009999", messagingLimit: -1 }, "messagingLimit"],
  ["POST", "/numbers", { provider: "META", number: "+551140009999", allowList: ["abc"] }, "allowList[0]"],
  ["PATCH", "/numbers/551140000001", { limits: { concurrentCalls: "many" } }, "limits.concurrentCalls"],
  ["PATCH", "/numbers/551140000001", { limits: { calls: 1 } }, "limits.calls"],
  ["PATCH", "/numbers/551140000001", { limits: { ringTimeoutSeconds: 0 } }, "limits.ringTimeoutSeconds"],
  ["PATCH", "/numbers/551140000001", { provider: "META" }, "provider"],
  ["PATCH", "/numbers/551140000001", { connected: "yes" }, "connected"],
  ["POST", "/inbound-calls", { to: "551140000001" }, "from"],
  ["POST", "/inbound-calls", { from: person }, "to"],
  ["POST", "/inbound-calls", { to: "551140000001", from: "nobody" }, "from"],
  ["POST", "/inbound-calls", { to: "551140000001", from: person, sdp: "" }, "sdp"],
  ["POST", "/inbound-calls", { to: "551140000001", from: person, sdpType: "offer" }, "sdpType"],
  ["PUT", contact, { permission: "always" }, "permission"],
  ["PUT", contact, { serviceWindow: true }, "serviceWindow"],
  ["PUT", contact, { reachable: null }, "reachable"],
  ["PUT", contact, { phone: person }, "phone"],
  ["POST", `${contact}/permission-reply`, {}, "response"],
  ["POST", `${contact}/permission-reply`, { response: "yes" }, "response"],
  ["POST", `${contact}/permission-reply`, { response: "accept", permanent: "true" }, "permanent"],
  ["PUT", "/clock", {}, "mode"],
  ["PUT", "/clock", { mode: "virtual", speed: 2 }, "speed"],
  ["POST", "/clock/advance", {}, "by"],
])("CTRL-008: %s …%s with %j is refused with 400 VALIDATION_ERROR at %s", async (method, path, body, where) => {
  const sandbox = testSandbox();
  const refused = await ask(sandbox, method, path, body);
  expect(outcome(refused)).toBe("400 VALIDATION_ERROR");
  expect(refused.body.details.issues.map((issue: { path: string }) => issue.path)).toContain(where);
});

test.each<[unknown, string]>([
  [{ action: "dance" }, "action"],
  [{}, "action"],
  [{ action: "speak" }, "pattern"],
  [{ action: "send-dtmf" }, "digits"],
  [{ action: "send-dtmf", digits: "12x" }, "digits"],
  [{ action: "answer", code: "138019" }, "code"],
  [{ action: "hang-up", pattern: "turns" }, "pattern"],
  [{ action: "fail", code: "no code" }, "code"],
  [{ action: "ring", digits: "1" }, "digits"],
  [{ action: "ring", loudly: true }, "loudly"],
])("CTRL-008: the person's action %j is refused with 400 VALIDATION_ERROR at %s", async (body, where) => {
  const sandbox = testSandbox();
  await sandbox.api("evo", "POST", "/calls", { to: person });
  const refused = await ask(sandbox, "POST", "/calls/latest/person", body);
  expect(outcome(refused)).toBe("400 VALIDATION_ERROR");
  expect(refused.body.details.issues.map((issue: { path: string }) => issue.path)).toContain(where);
  expect((await ask(sandbox, "GET", "/calls/latest/timeline")).body.entries).toHaveLength(2);
});

test.each<[unknown, string]>([
  [{ id: "" }, "id"],
  [{ id: "a/b" }, "id"],
  [{ id: "a.b" }, "id"],
  [{ id: "-a" }, "id"],
  [{ id: "x".repeat(65) }, "id"],
  [{ seed: 1 }, "seed"],
  [{ clock: "slow" }, "clock"],
  [{ now: "yesterday" }, "now"],
  [{ now: "2026-02-30" }, "now"],
  [{ strict: "yes" }, "strict"],
  [{ name: "a" }, "name"],
])("CTRL-008: a world of %j is refused with 400 VALIDATION_ERROR at %s", async (body, where) => {
  const sandbox = testSandbox();
  const refused = await sandbox.request("POST", "/_sandbox/worlds", { body });
  expect(outcome(refused)).toBe("400 VALIDATION_ERROR");
  expect(refused.body.details.issues.map((issue: { path: string }) => issue.path)).toContain(where);
  expect((await sandbox.control.getHealth()).worlds).toBe(1);
});

test.each(["a", "A-1", "a_b", "x".repeat(64), "0"])("a world may be named %s, and its keys work", async (id) => {
  const sandbox = testSandbox();
  const created = await sandbox.request("POST", "/_sandbox/worlds", { body: { id } });
  expect(created.status).toBe(201);
  const read = await sandbox.request("GET", "/v1/calls", { headers: { "x-api-key": created.body.keys.metaLowTier } });
  expect(read.status).toBe(200);
});

test.each(["limit=0", "limit=1001", "limit=ten", "limit=", "limit=1&limit=2"])(
  "CTRL-008: the request log with ?%s is refused with 400 VALIDATION_ERROR",
  async (query) => {
    const sandbox = testSandbox();
    expect(outcome(await ask(sandbox, "GET", `/requests?${query}`))).toBe("400 VALIDATION_ERROR");
  },
);

test.each(["PUT", "POST"])("CTRL-008: %s for a contact that is no phone number is refused at phone", async (method) => {
  const sandbox = testSandbox();
  for (const phone of ["nobody", "12", "0".repeat(10)]) {
    const path = method === "PUT" ? `/contacts/${phone}` : `/contacts/${phone}/permission-reply`;
    const refused = await ask(sandbox, method, path, method === "PUT" ? {} : { response: "reject" });
    expect(outcome(refused)).toBe("400 VALIDATION_ERROR");
    expect(refused.body.details.issues[0].path).toBe("phone");
  }
});

test("CTRL-008: JSON that is not well-formed is refused with 400 VALIDATION_ERROR", async () => {
  const sandbox = testSandbox();
  expect(outcome(await ask(sandbox, "PUT", contact, '{"script":'))).toBe("400 VALIDATION_ERROR");
});

test("CTRL-011: a body over 1 MiB is refused with 413 PAYLOAD_TOO_LARGE, one of 1 MiB is read", async () => {
  const sandbox = testSandbox();
  const sized = (bytes: number) => `{"name":"${"x".repeat(bytes - 11)}"}`;
  expect(sized(100)).toHaveLength(100);
  expect(outcome(await ask(sandbox, "PUT", contact, sized(1024 * 1024 + 1)))).toBe("413 PAYLOAD_TOO_LARGE");
  expect(outcome(await ask(sandbox, "PUT", contact, sized(1024 * 1024)))).toBe("400 VALIDATION_ERROR");
});

test.each(["text/plain", "application/x-www-form-urlencoded", "application/jsonp", ""])(
  "CTRL-012: a body of the type %j is refused with 415 UNSUPPORTED_MEDIA_TYPE",
  async (type) => {
    const sandbox = testSandbox();
    const refused = await sandbox.request("PUT", `/_sandbox/worlds/default${contact}`, {
      body: { script: "reject" },
      headers: { "content-type": type },
    });
    expect(outcome(refused)).toBe("415 UNSUPPORTED_MEDIA_TYPE");
  },
);
