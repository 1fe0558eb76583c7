import { expect, test } from "vitest";
import { testSandbox } from "../support/sandbox.ts";
import { hooked, ring, settled, subscribe } from "./hooked.ts";
import { receiver } from "./receiver.ts";

test("HOOK-SUB-010: an empty list and a missing one deliver nothing", async () => {
  const hook = await receiver();
  const sandbox = testSandbox();
  await subscribe(sandbox, "evo", hook.url, []);
  const { body } = await sandbox.api("evo", "POST", "/webhooks", { url: hook.url, name: "none" });
  expect(body.events).toEqual([]);
  await ring(sandbox, "evo");
  await sandbox.advance("PT60S");
  expect(hook.received).toEqual([]);
  expect(await sandbox.control.listDeliveries({})).toEqual({ waiting: 0, dropped: 0, deliveries: [] });
});

test("HOOK-SUB-011, HOOK-SUB-008: * delivers everything, a list what it names, several subscriptions each their own", async () => {
  const [all, some] = [await receiver(), await receiver()];
  const sandbox = testSandbox();
  await subscribe(sandbox, "meta", all.url, ["*"]);
  await subscribe(sandbox, "meta", some.url, ["call.missed"]);
  await ring(sandbox, "meta");
  await sandbox.advance("PT60S");
  expect(all.names().toSorted()).toEqual(["call.missed", "call.permission_updated", "call.ringing", "calls", "calls"]);
  expect(some.names()).toEqual(["call.missed"]);
  const ids = [...all.received, ...some.received].map(({ id }) => id);
  expect(new Set(ids).size).toBe(6);
});

test("HOOK-SUB-024: what happens on another number is not delivered", async () => {
  const hook = await receiver();
  const sandbox = testSandbox();
  await subscribe(sandbox, "meta", hook.url, ["*"]);
  await ring(sandbox, "evo");
  await sandbox.advance("PT60S");
  expect(hook.received).toEqual([]);
});

test("HOOK-SUB-016: the new list counts from the change on", async () => {
  const sandbox = await hooked();
  const { id } = (await sandbox.api("evo", "GET", "/webhooks")).body[0];
  await ring(sandbox, "evo");
  await sandbox.api("evo", "PATCH", `/webhooks/${id}`, { events: ["call.connected"] });
  await sandbox.advance("PT60S");
  expect(sandbox.hook.names()).toEqual(["call.ringing"]);
});

test("HOOK-SUB-017, HOOK-SUB-047: a paused subscription misses what happens, and what waited goes on afterwards", async () => {
  let status = 500;
  const sandbox = await hooked({}, () => status);
  const { id } = (await sandbox.api("evo", "GET", "/webhooks")).body[0];
  await ring(sandbox, "evo");
  await settled(sandbox);
  const paused = await sandbox.api("evo", "PATCH", `/webhooks/${id}`, { active: false });
  expect(paused.body.active).toBe(false);
  status = 200;
  await sandbox.advance("PT1H");
  expect(sandbox.hook.names()).toEqual(["call.ringing"]);
  await sandbox.api("evo", "PATCH", `/webhooks/${id}`, { active: true });
  await settled(sandbox);
  expect(sandbox.hook.names()).toEqual(["call.ringing", "call.ringing"]);
  expect((await sandbox.control.listDeliveries({})).deliveries).toMatchObject([{ status: "DELIVERED" }]);
});

test("HOOK-SUB-021: the log has an entry for every attempt, newest first", async () => {
  let count = 0;
  const sandbox = await hooked({}, () => (++count === 1 ? 503 : 200));
  const { id } = (await sandbox.api("evo", "GET", "/webhooks")).body[0];
  await ring(sandbox, "evo");
  await sandbox.advance("PT5S");
  const { body: log } = await sandbox.api("evo", "GET", `/webhooks/${id}/logs`);
  const payload = sandbox.hook.received[0]?.body;
  const common = { event: "call.ringing", payload, response: "seen", durationMs: expect.any(Number) };
  expect(log).toEqual([
    { ...common, status: "SUCCESS", statusCode: 200, createdAt: expect.stringMatching(/^2026-01-01T00:00:0[01]/) },
    { ...common, status: "FAILED", statusCode: 503, createdAt: "2026-01-01T00:00:00.000Z" },
  ]);
  const { body: webhook } = await sandbox.api("evo", "GET", `/webhooks/${id}`);
  expect(webhook.lastTriggered).toBe(log[0].createdAt);
});

test("HOOK-SUB-022: the log takes a limit, 50 by default and at most, and an event", async () => {
  const sandbox = await hooked();
  const { id } = (await sandbox.api("evo", "GET", "/webhooks")).body[0];
  for (let caller = 10; caller < 40; caller++) await ring(sandbox, "evo", { from: `+551198888${caller}00` });
  await sandbox.advance("PT60S");
  const log = async (query: string) => (await sandbox.api("evo", "GET", `/webhooks/${id}/logs${query}`)).body;
  expect(await log("")).toHaveLength(50);
  expect(await log("?limit=50")).toHaveLength(50);
  expect(await log("?limit=1")).toMatchObject([{ event: "call.missed" }]);
  expect(await log("?event=call.ringing")).toHaveLength(30);
  expect(await log("?event=call.ended")).toEqual([]);
});

test.each(["0", "51", "-1", "x", ""])("HOOK-SUB-023: the limit %j of the log is refused", async (limit) => {
  const sandbox = await hooked();
  const { id } = (await sandbox.api("evo", "GET", "/webhooks")).body[0];
  const refused = await sandbox.api("evo", "GET", `/webhooks/${id}/logs?limit=${limit}`);
  expect(refused).toMatchObject({ status: 400, body: { code: "INVALID_LIMIT" }, behaviour: "HOOK-SUB-023" });
});

test("HOOK-SUB-018: a subscription that is deleted takes its log along, and nothing more is sent", async () => {
  const sandbox = await hooked({}, () => 500);
  const { id } = (await sandbox.api("evo", "GET", "/webhooks")).body[0];
  await ring(sandbox, "evo");
  await settled(sandbox);
  const { status, body } = await sandbox.api("evo", "DELETE", `/webhooks/${id}`);
  expect([status, body]).toEqual([200, { success: true }]);
  expect((await sandbox.api("evo", "GET", `/webhooks/${id}/logs`)).status).toBe(404);
  await sandbox.advance("PT24H");
  expect(sandbox.hook.received).toHaveLength(1);
  expect(await sandbox.control.listDeliveries({})).toEqual({ waiting: 0, dropped: 0, deliveries: [] });
  expect(sandbox.clock.waiting).toBe(0);
});

test("HOOK-SUB-041: a delivery is sent again under the same id, delivered or not", async () => {
  let status = 200;
  const sandbox = await hooked({ webhookRetries: [] }, () => status);
  await ring(sandbox, "evo");
  await settled(sandbox);
  const [first] = sandbox.hook.received;
  status = 500;
  const again = await sandbox.control.redeliver({ id: first?.id ?? "" });
  expect(again).toMatchObject({ id: first?.id, status: "PENDING", attempts: [{ status: 200 }] });
  await settled(sandbox);
  expect((await sandbox.control.listDeliveries({})).deliveries).toMatchObject([
    { status: "FAILED", attempts: [{ status: 200 }, { status: 500 }] },
  ]);
  status = 200;
  await sandbox.control.redeliver({ id: first?.id ?? "" });
  await settled(sandbox);
  expect(sandbox.hook.received.map(({ id, text }) => [id, text])).toEqual(
    Array.from({ length: 3 }, () => [first?.id, first?.text]),
  );
});

test("HOOK-SUB-041: sent again by hand, a delivery that waits for a retry goes at once and has all its retries anew", async () => {
  const sandbox = await hooked({ webhookRetries: [60_000] }, () => 500);
  await ring(sandbox, "evo");
  await settled(sandbox);
  await sandbox.control.redeliver({ id: sandbox.hook.received[0]?.id ?? "" });
  await settled(sandbox);
  expect(sandbox.hook.received).toHaveLength(2);
  await sandbox.advance("PT59S");
  await sandbox.advance("PT10S");
  expect(sandbox.hook.received.filter(({ body }) => body.event === "call.ringing")).toHaveLength(3);
});

test("HOOK-SUB-049: a delivery that nobody remembers can't be sent again", async () => {
  const sandbox = await hooked();
  const refused = await sandbox.request("POST", "/_sandbox/worlds/default/deliveries/msg_unknown/redeliver");
  expect(refused).toMatchObject({ status: 404, body: { code: "DELIVERY_NOT_FOUND" }, behaviour: "HOOK-SUB-049" });
});

test("HOOK-SUB-042: a reset ends what waits, and no id is given again", async () => {
  const sandbox = await hooked({}, () => 500);
  await ring(sandbox, "evo");
  await settled(sandbox);
  await sandbox.control.resetWorld();
  await sandbox.advance("PT24H");
  expect(sandbox.hook.received).toHaveLength(1);
  await ring(sandbox, "evo");
  await settled(sandbox);
  expect(new Set(sandbox.hook.received.map(({ id }) => id)).size).toBe(2);
});

test("HOOK-SUB-042: an answer that comes after a reset changes nothing", async () => {
  const held: (() => void)[] = [];
  const sandbox = await hooked({}, (_received, response) => {
    held.push(() => response.writeHead(200).end());
    return undefined;
  });
  await ring(sandbox, "evo");
  while (held.length === 0) await new Promise((resolve) => setImmediate(resolve));
  await sandbox.control.resetWorld();
  held[0]?.();
  await settled(sandbox);
  expect(await sandbox.control.listDeliveries({})).toEqual({ waiting: 0, dropped: 0, deliveries: [] });
});

test("HOOK-SUB-051: every attempt stands in the timeline, after the transition that caused it", async () => {
  let count = 0;
  const sandbox = await hooked({}, () => (++count === 1 ? 503 : 200));
  const { id } = await ring(sandbox, "evo");
  await sandbox.advance("PT5S");
  const { entries } = await sandbox.control.getTimeline({ callId: id });
  const [first, second] = entries.filter(({ kind }) => kind === "webhook");
  const webhookId = sandbox.hook.received[0]?.id;
  expect(first).toMatchObject({
    at: "2026-01-01T00:00:00.000Z",
    name: "call.ringing",
    detail: { webhookId, url: sandbox.hook.url, attempt: 1, status: 503, error: null, result: "waiting" },
  });
  expect(second).toMatchObject({ detail: { webhookId, attempt: 2, status: 200, result: "delivered", nextAt: null } });
  expect(first?.detail["nextAt"]).toBe(second?.at);
  const order = entries.map(({ kind, name }) => `${kind} ${name}`);
  expect(order.indexOf("transition RINGING")).toBe(0);
  expect(order.indexOf("webhook call.ringing")).toBeGreaterThan(0);
});

test("HOOK-SUB-041: deliveries are listed newest first, of one call or in one state", async () => {
  const sandbox = await hooked();
  const { id } = await ring(sandbox, "evo");
  await ring(sandbox, "evo", { from: "+5511977776666" });
  await sandbox.advance("PT60S");
  const listed = async (query: { callId?: string; status?: "PENDING" | "DELIVERED"; limit?: number }) =>
    (await sandbox.control.listDeliveries(query)).deliveries.map(({ event }) => event);
  expect(await listed({})).toEqual(["call.missed", "call.missed", "call.ringing", "call.ringing"]);
  expect(await listed({ callId: id })).toEqual(["call.missed", "call.ringing"]);
  expect(await listed({ status: "PENDING" })).toEqual([]);
  expect(await listed({ status: "DELIVERED", limit: 1 })).toEqual(["call.missed"]);
});
