import fc from "fast-check";
import { expect, test } from "vitest";
import { createSandbox } from "../../mock/sandbox.ts";
import { receiver } from "../webhooks/receiver.ts";

/** What a receiver does with one request: a status, or a connection that breaks. */
const answers = fc.constantFrom(500, 503, 429, 404, 301, "break" as const);
/** For each of the first requests whether it fails and how; afterwards everything is taken. */
const schedules = fc.array(fc.option(answers, { nil: 200 as const }), { maxLength: 20 });
const scripts = ["+5511900000001", "+5511900000002", "+5511900000003", "+5511900000004", "+5511988887777"];

test("HOOK-SUB-039, HOOK-SUB-038, HOOK-031: however a receiver fails, once it stops every event arrives, in order within its call", async () => {
  const plan = { schedule: [] as (number | "break")[], next: 0 };
  const hook = await receiver((_received, response) => {
    const answer = plan.schedule[plan.next++] ?? 200;
    if (answer !== "break") return answer;
    response.destroy();
    return undefined;
  });
  const property = fc.asyncProperty(
    schedules,
    fc.array(fc.tuple(fc.constantFrom(...scripts), fc.integer({ min: 0, max: 3_000 })), { minLength: 1, maxLength: 5 }),
    async (schedule, people) => {
      Object.assign(plan, { schedule, next: 0 });
      hook.received.length = 0;
      // As many retries as there can be failures: nothing is given up before they end.
      const webhookRetries = Array.from({ length: 20 }, () => 5_000);
      const options = { clock: "virtual", webhooks: [hook.url], webhookRetries, validateResponses: true } as const;
      const sandbox = createSandbox({ ...options, now: "2026-01-01" });
      try {
        for (const [to, wait] of people) {
          const request = {
            method: "POST",
            headers: { "x-api-key": "ps_sandbox_evo", "content-type": "application/json" },
          };
          await sandbox.app.request("/v1/calls", { ...request, body: JSON.stringify({ to }) });
          await sandbox.clock.advance(wait);
        }
        await sandbox.clock.advance(3_600_000);
        const { deliveries, dropped } = await sandbox.control.listDeliveries({ limit: 1_000 });
        expect(dropped).toBe(0);
        expect(deliveries.filter(({ status }) => status !== "DELIVERED")).toEqual([]);
        for (const callId of new Set(deliveries.map((each) => each.callId))) {
          const queued = deliveries.toReversed().filter((each) => each.callId === callId);
          const arrived = hook.received.filter(({ body }) => body.callId === callId);
          expect([...new Set(arrived.map(({ id }) => id))]).toEqual(queued.map(({ id }) => id));
          expect(queued.length).toBeGreaterThan(0);
        }
        expect(hook.received.every(({ verified }) => verified)).toBe(true);
      } finally {
        await sandbox.close();
      }
    },
  );
  await fc.assert(property, { numRuns: 25 });
}, 60_000);
