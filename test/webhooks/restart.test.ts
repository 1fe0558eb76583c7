import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { Journal } from "../../mock/journal/index.ts";
import { testSandbox } from "../support/sandbox.ts";
import { ring, settled } from "./hooked.ts";
import { receiver } from "./receiver.ts";

function directory(): string {
  const path = mkdtempSync(join(tmpdir(), "calls-sandbox-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

test("HOOK-SUB-040: an attempt whose answer was never kept is repeated after a restart, under the same id", async () => {
  let answering = false;
  const hook = await receiver(() => (answering ? 200 : undefined));
  const path = directory();
  const first = testSandbox({ webhooks: [hook.url], archive: new Journal(path) });
  await ring(first, "evo");
  while (hook.received.length === 0) await new Promise((resolve) => setImmediate(resolve));
  await first.close();
  answering = true;
  const second = testSandbox({ webhooks: [hook.url], archive: new Journal(path) });
  await settled(second);
  expect(hook.received.map(({ id, text }) => [id, text])).toEqual([
    [hook.received[0]?.id, hook.received[0]?.text],
    [hook.received[0]?.id, hook.received[0]?.text],
  ]);
  expect((await second.control.listDeliveries({})).deliveries).toMatchObject([{ status: "DELIVERED" }]);
  expect((await second.api("evo", "GET", "/webhooks")).body).toHaveLength(1);
});

test("HOOK-SUB-040, HOOK-SUB-028: retries go on after a restart where they were, and what was acknowledged is not repeated", async () => {
  const failing = new Set(["call.missed"]);
  const hook = await receiver(({ body }) => (failing.has(body.event) ? 500 : 200));
  const path = directory();
  const first = testSandbox({ webhooks: [hook.url], archive: new Journal(path) });
  await ring(first, "evo");
  await first.advance("PT60S");
  const [before] = (await first.control.listDeliveries({ status: "PENDING" })).deliveries;
  expect(before).toMatchObject({ event: "call.missed", attempts: [{ status: 500 }] });
  await first.close();
  failing.clear();
  const second = testSandbox({ webhooks: [hook.url], archive: new Journal(path) });
  expect((await second.control.listDeliveries({ status: "PENDING" })).deliveries).toEqual([before]);
  await second.advance("PT2S");
  expect(hook.names()).toEqual(["call.ringing", "call.missed", "call.missed"]);
  expect(hook.received.every(({ verified }) => verified)).toBe(true);
  expect(hook.received[2]?.id).toBe(hook.received[1]?.id);
});
