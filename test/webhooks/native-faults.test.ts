import { expect, test } from "vitest";
import { call, hooked } from "./hooked.ts";

/** What happened in each native envelope that arrived, in the order of arrival. */
const nativeEvents = (bodies: readonly unknown[]) => {
  type Value = { calls?: { event: string }[]; statuses?: { status: string }[] };
  return bodies.flatMap((body) => {
    const { entry } = body as { entry?: { changes: { value: Value }[] }[] };
    const value = entry?.[0]?.changes[0]?.value;
    return value?.calls?.map(({ event }) => event) ?? value?.statuses?.map(({ status }) => status) ?? [];
  });
};

test("HOOK-NATIVE-032: faults repeat and swap the native envelope", async () => {
  const sandbox = await hooked();
  await sandbox.control.addFault({ target: { event: "calls" }, effect: { type: "duplicate" }, trigger: { next: 1 } });
  await call(sandbox, "meta");
  await sandbox.advance("PT0.5S");
  expect(nativeEvents(sandbox.hook.received.map(({ body }) => body))).toEqual(["connect", "connect", "RINGING"]);

  const other = await hooked();
  await other.control.addFault({
    target: { event: "calls" },
    effect: { type: "reorder", ms: 60_000 },
    trigger: { next: 1 },
  });
  await call(other, "meta");
  await other.advance("PT0.5S");
  const swapped = nativeEvents(other.hook.received.map(({ body }) => body));
  expect(swapped.indexOf("RINGING")).toBeLessThan(swapped.indexOf("connect"));
});

test("HOOK-NATIVE-032: a fault delays the native envelope, in the world's time", async () => {
  const sandbox = await hooked();
  await sandbox.control.addFault({
    target: { event: "calls" },
    effect: { type: "delay", ms: 20_000 },
    trigger: { next: 1 },
  });
  await call(sandbox, "meta");
  await sandbox.advance("PT19S");
  expect(nativeEvents(sandbox.hook.received.map(({ body }) => body))).not.toContain("connect");
  await sandbox.advance("PT2S");
  expect(nativeEvents(sandbox.hook.received.map(({ body }) => body))).toContain("connect");
});
