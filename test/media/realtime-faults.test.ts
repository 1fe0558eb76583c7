import { expect, test, vi } from "vitest";
import { Client, mediaSandbox, refusal } from "./support/client.ts";

const realtime = { media: "realtime" } as const;

test("CTRL-074: a rule can refuse the upgrade, and the token stays good for another try", async () => {
  const sandbox = await mediaSandbox();
  const callId = await sandbox.answeredCall();
  const { id } = await sandbox.control.addFault({
    target: realtime,
    effect: { type: "refuse-upgrade", status: 503 },
    trigger: { next: 1 },
  });
  const { wsUrl: url } = await sandbox.session(callId);
  expect(await refusal(url)).toMatchObject({ status: 503, behaviour: "CTRL-074" });
  const client = await Client.open(url);
  client.socket.close();
  const faults = (await sandbox.timeline(callId)).filter(({ kind }) => kind === "fault");
  expect(faults).toMatchObject([{ name: "refuse-upgrade", detail: { rule: id } }]);
});

test("CTRL-074: early-close breaks the socket while the call goes on", async () => {
  const sandbox = await mediaSandbox();
  const callId = await sandbox.answeredCall();
  await sandbox.control.addFault({ target: realtime, effect: { type: "early-close", afterMs: 500 } });
  const client = await sandbox.open(callId);
  await sandbox.advance("PT1S");
  expect(await client.closed).toMatchObject({ code: 1006 });
  const { body: call } = await sandbox.api("evo", "GET", `/calls/${callId}`);
  expect(call.status).toBe("ACCEPTED");
});

test("CTRL-074: a fault that has not happened yet goes with the client that leaves", async () => {
  const sandbox = await mediaSandbox();
  const callId = await sandbox.answeredCall();
  const before = sandbox.clock.waiting;
  await sandbox.control.addFault({ target: realtime, effect: { type: "early-close", afterMs: 600_000 } });
  const client = await sandbox.open(callId);
  expect(sandbox.clock.waiting).toBeGreaterThan(before);
  client.socket.close();
  await vi.waitFor(() => expect(sandbox.clock.waiting).toBe(before));
});

/** The frames that a client gets in one second; 16 whole ones without a fault. */
async function framesIn(
  effect: { type: "drop" | "garble" | "stall" | "jitter"; share?: number; ms?: number; afterMs?: number } | null,
) {
  const sandbox = await mediaSandbox();
  const callId = await sandbox.answeredCall();
  if (effect !== null) await sandbox.control.addFault({ target: realtime, effect });
  const client = await sandbox.open(callId);
  await sandbox.advance("PT0.96S");
  await client.settled();
  return client.frames.map((frame) => Buffer.from(frame).toString("base64"));
}

test("CTRL-074: drop leaves frames out, garble changes some, and both do so alike in every run", async () => {
  const whole = await framesIn(null);
  expect(whole).toHaveLength(16);
  const dropped = await framesIn({ type: "drop", share: 0.5 });
  expect(dropped.length).toBeGreaterThan(2);
  expect(dropped.length).toBeLessThan(14);
  expect(await framesIn({ type: "drop", share: 0.5 })).toEqual(dropped);
  const garbled = await framesIn({ type: "garble", share: 0.5 });
  expect(garbled).toHaveLength(16);
  const changed = garbled.filter((frame, index) => frame !== whole[index]).length;
  expect(changed).toBeGreaterThan(2);
  expect(changed).toBeLessThan(14);
});

test("CTRL-074: stall keeps back what falls into it, and jitter keeps the order", async () => {
  const whole = await framesIn(null);
  expect(await framesIn({ type: "stall", afterMs: 300, ms: 300 })).toEqual([...whole.slice(0, 4), ...whole.slice(9)]);
  const late = await framesIn({ type: "jitter", ms: 200 });
  expect(late.length).toBeLessThan(16);
  expect(late).toEqual(whole.slice(0, late.length));
});
