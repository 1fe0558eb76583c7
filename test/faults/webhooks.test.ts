import { expect, test } from "vitest";
import type { FaultBody } from "../../mock/faults/rule.ts";
import { type Hooked, hooked, settled } from "../webhooks/hooked.ts";
import { arm, dial } from "./arm.ts";

/** Places a call whose person answers after a second and hangs up five seconds later, on EVO_GO. */
async function shortCall(sandbox: Hooked): Promise<string> {
  const { body } = await dial(sandbox, "+5511900000001");
  await sandbox.advance("PT10S");
  return body.id;
}

/** What a receiver hears of such a call while a rule is armed. */
async function heard(rule: FaultBody, options = {}): Promise<Hooked & { readonly callId: string }> {
  const sandbox = await hooked(options);
  await arm(sandbox, rule);
  return { ...sandbox, callId: await shortCall(sandbox) };
}

const faultsOf = async (sandbox: Hooked) => {
  const { entries } = await sandbox.control.getTimeline({ callId: "latest" });
  return entries.filter(({ kind }) => kind === "fault").map(({ name, detail }) => `${name} ${detail["event"]}`);
};

test("CTRL-069: a duplicate comes twice with one webhook-id and the same bytes, and is delivered once", async () => {
  const sandbox = await heard({ target: { event: "call.connected" }, effect: { type: "duplicate" } });
  expect(sandbox.hook.names()).toEqual(["call.ringing", "call.connected", "call.connected", "call.ended"]);
  const [, first, second] = sandbox.hook.received;
  expect([second?.id, second?.text]).toEqual([first?.id, first?.text]);
  expect(sandbox.hook.received.every(({ verified }) => verified)).toBe(true);
  const { deliveries } = await sandbox.control.listDeliveries();
  expect(deliveries.map(({ status, attempts }) => [status, attempts.length])).toEqual([
    ["DELIVERED", 1],
    ["DELIVERED", 1],
    ["DELIVERED", 1],
  ]);
  expect(await faultsOf(sandbox)).toEqual(["duplicate call.connected"]);
});

test("CTRL-070: what is lost never arrives, and comes with the retry", async () => {
  const rule = { target: { event: "call.ended" }, trigger: { next: 1 }, effect: { type: "lose" } } as const;
  const sandbox = await heard(rule);
  expect(sandbox.hook.names()).toEqual(["call.ringing", "call.connected", "call.ended"]);
  const { deliveries } = await sandbox.control.listDeliveries({ callId: sandbox.callId });
  expect(deliveries[0]?.attempts).toMatchObject([
    { status: null, error: "Lost on the way, by the fault rule fault_1." },
    { status: 200, error: null },
  ]);
});

test("CTRL-070: once a rule that loses everything is gone, everything arrives", async () => {
  const sandbox = await heard({ target: { event: "*" }, effect: { type: "lose" } });
  expect(sandbox.hook.names()).toEqual([]);
  await sandbox.control.deleteFaults();
  await sandbox.advance("PT1H");
  expect(sandbox.hook.names()).toEqual(["call.ringing", "call.connected", "call.ended"]);
});

test("CTRL-071: a delay holds a webhook back in world time, and those behind it with it", async () => {
  const sandbox = await hooked();
  await arm(sandbox, { target: { event: "call.ringing" }, effect: { type: "delay", ms: 30_000 } });
  await dial(sandbox, "+5511900000001");
  await sandbox.advance("PT29S");
  expect(sandbox.hook.names()).toEqual([]);
  await sandbox.advance("PT2S");
  expect(sandbox.hook.names()).toEqual(["call.ringing", "call.connected", "call.ended"]);
  expect(await faultsOf(sandbox)).toEqual(["delay call.ringing"]);
});

test("CTRL-071: another call's webhooks don't wait with it", async () => {
  const sandbox = await hooked();
  const first = (await dial(sandbox, "+5511900000001")).body.id;
  await arm(sandbox, { target: { event: "*", callId: first }, effect: { type: "delay", ms: 60_000 } });
  await dial(sandbox, "+5511900000002");
  await sandbox.advance("PT10S");
  expect(sandbox.hook.received.some(({ body }) => body.callId === first)).toBe(false);
  expect(sandbox.hook.names()).toEqual(["call.ringing", "call.ended"]);
});

test("CTRL-072: a reordered webhook lets the next one of its call pass", async () => {
  const rule = { target: { event: "call.connected" }, effect: { type: "reorder" } } as const;
  const sandbox = await heard(rule);
  expect(sandbox.hook.names()).toEqual(["call.ringing", "call.ended", "call.connected"]);
  expect(sandbox.hook.received.every(({ verified }) => verified)).toBe(true);
  expect((await sandbox.control.listDeliveries()).waiting).toBe(0);
});

test("CTRL-072: when everything is reordered, pairs swap, and the last one goes by itself after its time", async () => {
  const sandbox = await heard({ target: { event: "*" }, effect: { type: "reorder", ms: 20_000 } });
  expect(sandbox.hook.names()).toEqual(["call.connected", "call.ringing"]);
  await sandbox.advance("PT20S");
  expect(sandbox.hook.names()).toEqual(["call.connected", "call.ringing", "call.ended"]);
});

test("CTRL-072: a failure of the one that overtakes doesn't hold the other up", async () => {
  let failures = 0;
  const sandbox = await hooked({}, ({ body }) => (body.event === "call.ended" && failures++ === 0 ? 500 : 200));
  await arm(sandbox, { target: { event: "call.connected" }, effect: { type: "reorder" } });
  await shortCall(sandbox);
  expect(sandbox.hook.names()).toEqual(["call.ringing", "call.ended", "call.connected", "call.ended"]);
});

test("CTRL-072: a subscription that is deleted while something waits to be overtaken hears nothing more", async () => {
  const sandbox = await hooked();
  await arm(sandbox, { target: { event: "*" }, effect: { type: "reorder" } });
  await dial(sandbox, "+5511900000003");
  await sandbox.advance("PT1S");
  const { body: webhooks } = await sandbox.api("tenant", "GET", "/webhooks");
  for (const { id } of webhooks) await sandbox.api("tenant", "DELETE", `/webhooks/${id}`);
  await sandbox.advance("PT5M");
  await settled(sandbox);
  expect(sandbox.hook.names()).toEqual([]);
});

test("CTRL-073: a wrong signature has the right form and is refused by a verifier; the retry is signed well", async () => {
  const target = { event: "calls" };
  const sandbox = await hooked({}, ({ verified }) => (verified ? 200 : 401));
  await arm(sandbox, { target, trigger: { next: 1 }, effect: { type: "wrong-signature" } });
  await sandbox.control.createInboundCall({ to: "551140000001", from: "+5511988887777", script: "no-answer" });
  await settled(sandbox);
  const bad = sandbox.hook.received.find(({ body }) => body.object === "whatsapp_business_account");
  expect(bad?.verified).toBe(false);
  expect(bad?.headers["webhook-signature"]).toMatch(/^v1,[A-Za-z0-9+/]{43}=$/);
  expect(bad?.headers["x-hub-signature-256"]).toMatch(/^sha256=[0-9a-f]{64}$/);
  await sandbox.advance("PT2S");
  const good = sandbox.hook.received.find(({ id, verified }) => id === bad?.id && verified);
  expect(good?.text).toBe(bad?.text);
  expect(good?.headers["x-hub-signature-256"]).not.toBe(bad?.headers["x-hub-signature-256"]);
});

test("CTRL-057: a rule about a number or a person strikes only webhooks about them, permissions included", async () => {
  const sandbox = await hooked();
  await arm(sandbox, { target: { event: "*", to: "+5511988887777" }, effect: { type: "duplicate" } });
  for (const phone of ["+5511988887777", "+5511977776666"]) {
    await sandbox.api("meta", "POST", "/calls/permissions/request", { to: phone });
  }
  await sandbox.advance("PT5S");
  const updates = sandbox.hook.received
    .map(({ body }) => body)
    .filter(({ event }) => event === "call.permission_updated");
  expect(updates.map(({ peerNumber }) => peerNumber).sort()).toEqual([
    "5511977776666",
    "5511988887777",
    "5511988887777",
  ]);
});

test("HOOK-SUB-039: whatever rules do, each event arrives at least once after they are gone", async () => {
  const effects: FaultBody["effect"][] = [
    { type: "lose" },
    { type: "duplicate" },
    { type: "reorder" },
    { type: "delay", ms: 7_000 },
    { type: "wrong-signature" },
  ];
  let repetitions = 0;
  for (const seed of ["1", "2", "3", "4", "5"]) {
    const sandbox = await hooked({ seed });
    for (const effect of effects) await arm(sandbox, { target: { event: "*" }, trigger: { probability: 0.3 }, effect });
    const ids: string[] = [];
    for (let call = 0; call < 5; call++) ids.push(await shortCall(sandbox));
    await sandbox.control.deleteFaults();
    await sandbox.advance("PT12H");
    expect((await sandbox.control.listDeliveries()).waiting).toBe(0);
    for (const id of ids) {
      const events = sandbox.hook.received.filter(({ body }) => body.callId === id).map(({ body }) => body.event);
      expect(new Set(events)).toEqual(new Set(["call.ringing", "call.connected", "call.ended"]));
      repetitions += events.length - 3;
    }
  }
  expect(repetitions).toBeGreaterThan(10);
});
