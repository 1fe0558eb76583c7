import { expect, test } from "vitest";
import { emptyOutbox, finishedKept, queuedAtMost } from "../../mock/domain/delivery.ts";
import type { WorldEvent } from "../../mock/domain/events.ts";
import { evolve } from "../../mock/domain/evolve/evolve.ts";
import { emptyState } from "../../mock/domain/state.ts";
import { type TestSandbox, testSandbox } from "../support/sandbox.ts";
import { settled, subscribe } from "./hooked.ts";
import { receiver } from "./receiver.ts";

/** So many people call at once; straight through the world, because ten thousand requests would take their time. */
function manyCalls({ world }: TestSandbox, numberId: string, count: number, first = 0): void {
  for (let index = first; index < first + count; index++) {
    const from = String(5_511_900_100_000 + index);
    const call = { numberId, from, script: "no-answer", sdp: null, deeplinkPayload: null, ctaPayload: null };
    expect(world.dispatch({ type: "callBusiness", ...call }).ok).toBe(true);
  }
}

test("HOOK-SUB-045: 10,000 deliveries wait at most, what comes then is counted, and room is used again", async () => {
  const hook = await receiver();
  const sandbox = testSandbox();
  const { id, whatsappNumberIds } = await subscribe(sandbox, "evo", hook.url, ["*"]);
  manyCalls(sandbox, whatsappNumberIds[0], queuedAtMost + 3);
  expect(await sandbox.control.listDeliveries({ limit: 1 })).toMatchObject({ waiting: 10_000, dropped: 3 });
  // A pause takes back whatever has not left yet.
  await sandbox.api("evo", "PATCH", `/webhooks/${id}`, { active: false });
  await settled(sandbox);
  const { waiting } = await sandbox.control.listDeliveries({ limit: 1 });
  expect(waiting).toBe(10_000 - hook.received.length);
  expect(hook.received.length).toBeLessThan(100);
  await sandbox.api("evo", "DELETE", `/webhooks/${id}`);
  expect(await sandbox.control.listDeliveries({})).toEqual({ waiting: 0, dropped: 3, deliveries: [] });
  await subscribe(sandbox, "evo", hook.url, ["*"]);
  manyCalls(sandbox, whatsappNumberIds[0], 1, 20_000);
  expect(await sandbox.control.listDeliveries({})).toMatchObject({ waiting: 1, dropped: 3 });
}, 30_000);

test("HOOK-SUB-045: what the full queue had no room for stands in the call's timeline", async () => {
  const sandbox = testSandbox();
  const { whatsappNumberIds } = await subscribe(sandbox, "evo", "http://127.0.0.1:9/", ["*"]);
  manyCalls(sandbox, whatsappNumberIds[0], queuedAtMost + 1);
  const { entries } = await sandbox.control.getTimeline({ callId: "latest" });
  expect(entries.filter(({ kind }) => kind === "webhook")).toMatchObject([
    { name: "call.ringing", detail: { result: "dropped" } },
  ]);
}, 30_000);

test("HOOK-SUB-046: of finished deliveries the last 1,000 are kept", () => {
  const state = emptyState({ seed: "s", worldId: "w" });
  const count = finishedKept + 5;
  const of = (index: number) =>
    ({ deliveryId: `msg_${index}`, subscriptionId: "wh_1", event: "call.ended", callId: null, at: index }) as const;
  const attempt = { at: 0, status: 200, error: null, response: null, durationMs: 1 };
  for (let index = 0; index < count; index++) {
    const delivered = { number: 1, attempt, result: "delivered", nextAt: null, url: "http://localhost/" } as const;
    const events: WorldEvent[] = [
      { type: "delivery.queued", ...of(index), payload: "{}", lane: `wh_1/${index}` },
      { type: "delivery.attempted", ...of(index), ...delivered },
    ];
    for (const event of events) evolve(state, event);
  }
  expect(state.outbox.waiting.size).toBe(0);
  expect(state.outbox.lanes.size).toBe(0);
  expect([...state.outbox.finished.keys()]).toEqual(
    Array.from({ length: finishedKept }, (_, index) => `msg_${index + count - finishedKept}`),
  );
  evolve(state, { type: "world.reset", at: count });
  expect(state.outbox).toEqual(emptyOutbox());
});
