import { expect, test } from "vitest";
import { callable, type TestSandbox } from "../support/sandbox.ts";
import { call, flat, hooked, native, numbers, ring, settled, subscribe } from "./hooked.ts";

const person = "+5511977776666";
const inSevenDays = Date.parse("2026-01-08T00:00:00.000Z") / 1_000;

async function ask(sandbox: TestSandbox, to = person): Promise<string> {
  const { status, body } = await sandbox.api("meta", "POST", "/calls/permissions/request", {
    to,
    text: "May we call?",
  });
  expect(status).toBe(200);
  return body.messageId;
}

async function withMessages(mode: "manual" | "scripted" = "manual") {
  const sandbox = await hooked({ mode });
  await subscribe(sandbox, "meta", sandbox.hook.url, ["messages"]);
  return sandbox;
}

const updates = (sandbox: Awaited<ReturnType<typeof hooked>>) => flat(sandbox.hook, "call.permission_updated");
const reply = (value: { messages: [{ interactive: { call_permission_reply: object } }] }) =>
  value.messages[0].interactive.call_permission_reply;

test("HOOK-018, HOOK-019, HOOK-027, HOOK-028, HOOK-029, HOOK-NATIVE-022, HOOK-NATIVE-023, HOOK-NATIVE-026: a plain yes is temporary", async () => {
  const sandbox = await withMessages();
  const messageId = await ask(sandbox);
  await sandbox.control.replyToPermissionRequest({ phone: person, response: "accept", number: numbers.meta });
  await settled(sandbox);
  expect(updates(sandbox)).toEqual([
    {
      event: "call.permission_updated",
      numberId: expect.stringMatching(/^num_/),
      peerNumber: "5511977776666",
      status: "TEMPORARY",
      expirationTime: inSevenDays,
      source: "user_action",
      createdAt: "2026-01-01T00:00:00.000Z",
    },
  ]);
  const [value] = native(sandbox.hook, "messages");
  expect(value.messages[0]).toMatchObject({
    from: "5511977776666",
    timestamp: "1767225600",
    type: "interactive",
    context: { from: numbers.meta, id: messageId },
    interactive: { type: "call_permission_reply" },
  });
  expect(reply(value)).toEqual({
    response: "accept",
    is_permanent: false,
    expiration_timestamp: String(inSevenDays),
    response_source: "user_action",
  });
  expect(native(sandbox.hook, "calls")).toEqual([]);
});

test("HOOK-020, HOOK-NATIVE-024: a permanent yes says so and has no end", async () => {
  const sandbox = await withMessages();
  await ask(sandbox);
  await sandbox.control.replyToPermissionRequest({ phone: person, response: "accept", permanent: true });
  await settled(sandbox);
  expect(updates(sandbox)).toMatchObject([{ status: "PERMANENT", expirationTime: null, source: "user_action" }]);
  const [value] = native(sandbox.hook, "messages");
  expect(reply(value)).toEqual({ response: "accept", is_permanent: true, response_source: "user_action" });
  expect(value.messages[0].context.id).toMatch(/^wamid\./);
});

test("HOOK-021, HOOK-NATIVE-025: a no has neither permanence nor an end", async () => {
  const sandbox = await withMessages();
  const messageId = await ask(sandbox);
  await sandbox.control.replyToPermissionRequest({ phone: person, response: "reject" });
  await settled(sandbox);
  expect(updates(sandbox)).toMatchObject([{ status: "NO_PERMISSION", expirationTime: null, source: "user_action" }]);
  const [value] = native(sandbox.hook, "messages");
  expect(reply(value)).toEqual({ response: "reject", response_source: "user_action" });
  expect(value.messages[0].context.id).toBe(messageId);
});

test("HOOK-022, HOOK-025, HOOK-NATIVE-027: a grant from the profile and its revocation stand without a request", async () => {
  const sandbox = await withMessages();
  await sandbox.control.replyToPermissionRequest({ phone: person, response: "accept", permanent: true });
  await sandbox.control.replyToPermissionRequest({ phone: person, response: "reject" });
  await settled(sandbox);
  expect(updates(sandbox).map(({ status }) => status)).toEqual(["PERMANENT", "NO_PERMISSION"]);
  const [granted] = native(sandbox.hook, "messages");
  expect(Object.keys(granted.messages[0])).not.toContain("context");
});

test("HOOK-023, HOOK-NATIVE-028: a person's call grants by itself, in the context of that call", async () => {
  const sandbox = await withMessages();
  const { externalCallId } = await ring(sandbox, "meta", { from: person });
  await settled(sandbox);
  expect(updates(sandbox)).toMatchObject([{ status: "TEMPORARY", expirationTime: inSevenDays, source: "automatic" }]);
  const [value] = native(sandbox.hook, "messages");
  expect(value.messages[0].context.id).toBe(externalCallId);
  expect(reply(value)).toMatchObject({ response: "accept", is_permanent: false, response_source: "automatic" });
});

test("HOOK-024, HOOK-NATIVE-027, HOOK-NATIVE-029: four unanswered calls take the permission away, without a context", async () => {
  const sandbox = await withMessages("scripted");
  await sandbox.control.putContact({ phone: callable, script: "no-answer" });
  for (let count = 0; count < 4; count++) {
    expect(updates(sandbox)).toEqual([]);
    await call(sandbox, "meta");
    await sandbox.advance("PT61S");
  }
  expect(updates(sandbox)).toMatchObject([
    { status: "NO_PERMISSION", source: "automatic", peerNumber: "5511999999999" },
  ]);
  const [value] = native(sandbox.hook, "messages");
  expect(reply(value)).toEqual({ response: "reject", response_source: "automatic" });
  expect(Object.keys(value.messages[0])).not.toContain("context");
});

test("HOOK-026: a temporary permission that runs out fires nothing", async () => {
  const sandbox = await hooked({ mode: "manual" });
  await ask(sandbox);
  await sandbox.control.replyToPermissionRequest({ phone: person, response: "accept" });
  await sandbox.advance("P8D");
  const { body: probe } = await sandbox.api("meta", "GET", `/calls/permissions?to=${encodeURIComponent(person)}`);
  expect(probe.permission.status).toBe("no_permission");
  expect(updates(sandbox)).toHaveLength(1);
});

test("HOOK-030: a call from a person fires no permission event on EVO_GO", async () => {
  const sandbox = await hooked();
  await subscribe(sandbox, "evo", sandbox.hook.url, ["call.permission_updated"]);
  await ring(sandbox, "evo");
  await sandbox.advance("PT60S");
  expect(sandbox.hook.names()).toEqual(["call.ringing", "call.missed"]);
});

test("HOOK-034: what the control API sets of a person fires nothing", async () => {
  const sandbox = await withMessages();
  await sandbox.control.putContact({ phone: person, permission: "permanent" });
  await settled(sandbox);
  expect(sandbox.hook.received).toEqual([]);
});

test("HOOK-NATIVE-030, HOOK-NATIVE-036: a request to a WhatsApp too old for it is taken, reported as failed and never answered", async () => {
  const sandbox = await withMessages("scripted");
  const messageId = await ask(sandbox, "+5511900131026");
  await sandbox.advance("PT1H");
  expect(native(sandbox.hook, "messages").map(({ statuses }) => statuses)).toEqual([
    [
      {
        id: messageId,
        status: "failed",
        timestamp: "1767225600",
        recipient_id: "5511900131026",
        errors: [expect.objectContaining({ code: 131026 })],
      },
    ],
  ]);
  expect(updates(sandbox)).toEqual([]);
});

test("HOOK-SUB-043: * does not bring messages, which has to be named", async () => {
  const sandbox = await hooked({ mode: "manual" });
  await ask(sandbox);
  await sandbox.control.replyToPermissionRequest({ phone: person, response: "accept" });
  await settled(sandbox);
  expect(sandbox.hook.names()).toEqual(["call.permission_updated"]);
});
