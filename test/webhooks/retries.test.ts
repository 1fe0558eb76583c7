import { expect, test } from "vitest";
import { defaultRetries, longestRetryAfter, nextAttemptAt } from "../../mock/webhooks/retries.ts";
import { readRetryAfter } from "../../mock/webhooks/retry-after.ts";
import { testSandbox } from "../support/sandbox.ts";
import { hooked, ring, settled, subscribe } from "./hooked.ts";
import { receiver } from "./receiver.ts";

const documented = [1_000, 3_000, 10_000, 30_000, 120_000, 600_000, 3_600_000, 21_600_000];

/** The newest delivery, with its attempts. */
async function attempts(sandbox: ReturnType<typeof testSandbox>) {
  const { deliveries } = await sandbox.control.listDeliveries({ limit: 1 });
  return { delivery: deliveries[0] };
}

test("HOOK-SUB-031, HOOK-SUB-033: a failed delivery is tried eight times more, at the documented distances, then given up", async () => {
  const sandbox = await hooked({}, () => 500);
  await ring(sandbox, "evo", { script: "answer" });
  await sandbox.control.actAsPerson({ callId: "latest", action: "hang-up" });
  const { id } = (await sandbox.api("evo", "GET", "/webhooks")).body[0];
  await sandbox.advance("PT7H30M");
  const { delivery } = await attempts(sandbox);
  expect(delivery).toMatchObject({ event: "call.missed", status: "PENDING" });
  await sandbox.advance("PT24H");
  const { deliveries } = await sandbox.control.listDeliveries({ status: "FAILED" });
  const ringing = deliveries.find(({ event }) => event === "call.ringing");
  expect(ringing?.attempts).toHaveLength(9);
  expect(ringing).toMatchObject({ nextAttemptAt: null });
  const log = (await sandbox.api("evo", "GET", `/webhooks/${id}/logs?event=call.ringing`)).body;
  expect(log.map(({ status, statusCode }: { status: string; statusCode: number }) => [status, statusCode])).toEqual(
    Array.from({ length: 9 }, () => ["FAILED", 500]),
  );
  const at = (ringing?.attempts ?? []).map((attempt) => Date.parse(attempt.at));
  for (const [index, wait] of documented.entries()) {
    const waited = (at[index + 1] ?? 0) - (at[index] ?? 0);
    expect(waited).toBeGreaterThanOrEqual(wait * 0.9);
    expect(waited).toBeLessThanOrEqual(wait * 1.1);
  }
});

test("HOOK-SUB-031: each wait is drawn anew, within a tenth, and the same in every run", () => {
  const state = { source: { seed: "s", worldId: "w" } };
  const after = (id: string, tries: number) =>
    nextAttemptAt(state, { id, tries, attempted: tries }, defaultRetries, null, 0);
  const firsts = Array.from({ length: 200 }, (_, index) => after(`msg_${index}`, 0) ?? 0);
  expect(new Set(firsts).size).toBeGreaterThan(50);
  expect(Math.min(...firsts)).toBeGreaterThanOrEqual(900);
  expect(Math.max(...firsts)).toBeLessThanOrEqual(1_100);
  expect(Math.max(...firsts) - Math.min(...firsts)).toBeGreaterThan(150);
  expect(firsts[7]).toBe(after("msg_7", 0));
  expect(after("msg_7", 8)).toBeNull();
  expect(defaultRetries).toEqual(documented);
});

test("HOOK-SUB-032: another list of retries can be set, an empty one as well", async () => {
  const twice = await hooked({ webhookRetries: [60_000, 60_000] }, () => 503);
  await ring(twice, "evo");
  await twice.advance("PT30M");
  expect(twice.hook.received.filter(({ body }) => body.event === "call.ringing")).toHaveLength(3);
  const never = await hooked({ webhookRetries: [] }, () => 503);
  await ring(never, "evo");
  await never.advance("PT30M");
  expect(never.hook.names()).toEqual(["call.ringing", "call.missed"]);
});

test("HOOK-SUB-027: the id stays the same on every attempt, and the bytes too", async () => {
  let count = 0;
  const sandbox = await hooked({}, () => (++count < 3 ? 500 : 200));
  await ring(sandbox, "evo");
  await sandbox.advance("PT30S");
  const [first, second, third, ...rest] = sandbox.hook.received;
  expect(rest).toEqual([]);
  expect([second?.id, third?.id]).toEqual([first?.id, first?.id]);
  expect([second?.text, third?.text]).toEqual([first?.text, first?.text]);
  expect([first, second, third].every((each) => each?.verified)).toBe(true);
});

test.each([200, 201, 202, 204, 299])("HOOK-SUB-029: %i counts as delivered", async (status) => {
  const sandbox = await hooked({}, () => status);
  await ring(sandbox, "evo");
  await sandbox.advance("PT30S");
  expect(sandbox.hook.received).toHaveLength(1);
  expect((await attempts(sandbox)).delivery?.status).toBe("DELIVERED");
});

test.each([400, 401, 404, 429, 500, 503, 304])("HOOK-SUB-029: %i does not count as delivered", async (status) => {
  const sandbox = await hooked({ webhookRetries: [5_000] }, () => status);
  await ring(sandbox, "evo");
  await sandbox.advance("PT30S");
  expect(sandbox.hook.received).toHaveLength(2);
  expect((await attempts(sandbox)).delivery).toMatchObject({ status: "FAILED", attempts: [{ status }, { status }] });
});

test.each([301, 302, 303, 307, 308])(
  "HOOK-SUB-030: a redirect with %i is a failure and is not followed",
  async (status) => {
    const elsewhere = await receiver();
    const sandbox = await hooked({ webhookRetries: [] }, (_received, response) => {
      response.writeHead(status, { location: elsewhere.url }).end();
      return undefined;
    });
    await ring(sandbox, "evo");
    await settled(sandbox);
    expect((await attempts(sandbox)).delivery).toMatchObject({ status: "FAILED", attempts: [{ status }] });
    expect(elsewhere.received).toEqual([]);
  },
);

test("HOOK-SUB-034: 410 pauses the subscription and is not repeated; another one goes on", async () => {
  const other = await receiver();
  const sandbox = await hooked({}, () => 410);
  await subscribe(sandbox, "evo", other.url, ["*"]);
  await ring(sandbox, "evo");
  await sandbox.advance("PT5M");
  expect(sandbox.hook.names()).toEqual(["call.ringing"]);
  expect((await sandbox.api("evo", "GET", "/webhooks")).body).toMatchObject([{ active: false }, { active: true }]);
  expect(other.names()).toEqual(["call.ringing", "call.missed"]);
});

test("HOOK-SUB-035: a Retry-After that is later than the retry counts, an earlier one doesn't", async () => {
  const asked = ["100", "0"];
  const sandbox = await hooked({ webhookRetries: [10_000, 10_000] }, (_received, response) => {
    response.writeHead(503, { "retry-after": asked.shift() ?? "0" }).end();
    return undefined;
  });
  await ring(sandbox, "evo");
  await sandbox.advance("PT10M");
  const { deliveries } = await sandbox.control.listDeliveries({});
  const at = (deliveries.at(-1)?.attempts ?? []).map((attempt) => Date.parse(attempt.at));
  expect((at[1] ?? 0) - (at[0] ?? 0)).toBe(100_000);
  expect((at[2] ?? 0) - (at[1] ?? 0)).toBeGreaterThanOrEqual(9_000);
  expect((at[2] ?? 0) - (at[1] ?? 0)).toBeLessThanOrEqual(11_000);
});

test("HOOK-SUB-035: a Retry-After is seconds or a date, and is honoured up to a day", () => {
  const date = "Thu, 01 Jan 2026 00:00:00 GMT";
  expect(readRetryAfter("120", date)).toBe(120_000);
  expect(readRetryAfter("Thu, 01 Jan 2026 00:02:00 GMT", date)).toBe(120_000);
  expect(readRetryAfter("Wed, 31 Dec 2025 00:00:00 GMT", date)).toBe(0);
  expect(readRetryAfter("soon", date)).toBeNull();
  expect(readRetryAfter(null, date)).toBeNull();
  const failed = { id: "msg_1", tries: 0, attempted: 0 };
  const state = { source: { seed: "s", worldId: "w" } };
  expect(nextAttemptAt(state, failed, defaultRetries, 10 * longestRetryAfter, 5)).toBe(5 + 86_400_000);
});

test("HOOK-SUB-036: a receiver that does not answer in time has failed; the world's clock stands still meanwhile", async () => {
  const sandbox = await hooked({ webhookTimeoutMs: 50, webhookRetries: [] }, () => undefined);
  await ring(sandbox, "evo");
  await settled(sandbox);
  expect((await attempts(sandbox)).delivery).toMatchObject({
    status: "FAILED",
    attempts: [{ at: "2026-01-01T00:00:00.000Z", status: null, error: "The receiver did not answer within 0.05 s." }],
  });
  expect(sandbox.clock.now()).toBe(Date.parse("2026-01-01"));
});

test("HOOK-SUB-031: a receiver that is down is tried again, and gets everything once it is up", async () => {
  let up = false;
  const sandbox = await hooked({}, (_received, response) => {
    if (up) return 200;
    response.destroy();
    return undefined;
  });
  await ring(sandbox, "evo");
  await sandbox.advance("PT60S");
  const { deliveries } = await sandbox.control.listDeliveries({ status: "PENDING" });
  expect(deliveries.map(({ event, attempts: tried }) => [event, tried.length])).toEqual([
    ["call.missed", 0],
    ["call.ringing", 5],
  ]);
  expect(deliveries[1]?.attempts[0]).toMatchObject({
    status: null,
    error: expect.stringMatching(/UND_ERR_SOCKET|ECONNRESET/),
  });
  up = true;
  sandbox.hook.received.length = 0;
  await sandbox.advance("PT3M");
  expect(sandbox.hook.names()).toEqual(["call.ringing", "call.missed"]);
});

test("HOOK-SUB-031: nobody listening is told as such", async () => {
  const gone = await receiver();
  await gone.close();
  const sandbox = testSandbox({ webhooks: [gone.url], webhookRetries: [] });
  await ring(sandbox, "evo");
  await settled(sandbox);
  expect((await attempts(sandbox)).delivery?.attempts).toMatchObject([
    { status: null, response: null, error: "The receiver refused the connection (ECONNREFUSED)." },
  ]);
});
