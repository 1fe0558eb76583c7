import { expect, test } from "vitest";
import { callable, offer, testSandbox } from "../support/sandbox.ts";

test("collections show the world's numbers, contacts and calls, and can be queried", async () => {
  const sandbox = testSandbox();
  await sandbox.api("evo", "POST", "/calls", { to: "+5511900000001" });
  await sandbox.api("meta", "POST", "/calls", { to: callable, sdp: offer });
  const { numbers, contacts, calls } = await sandbox.collections();
  expect(numbers.findMany((query) => query.where({ provider: "META" })).map(({ number }) => number)).toEqual([
    "551140000001",
    "551140000005",
  ]);
  expect(contacts.all().map(({ phone }) => phone)).toEqual(["5511999999999"]);
  expect(calls.findFirst((query) => query.where({ peerNumber: "5511900000001" }))?.status).toBe("INITIATED");
});

test("collections follow what happens, one write after the other", async () => {
  const sandbox = testSandbox();
  const { calls } = await sandbox.collections();
  for (let call = 0; call < 20; call++) await sandbox.api("evo", "POST", "/calls", { to: "+5511900000001" });
  await sandbox.advance("PT6S");
  await sandbox.collections();
  expect(calls.findMany((query) => query.where({ status: "COMPLETED", durationSeconds: 5 }))).toHaveLength(20);
  expect(calls.all()).toHaveLength(20);
});

test("after a reset the collections hold the seed and nothing else", async () => {
  const sandbox = testSandbox();
  await sandbox.control.putContact({ phone: "+5511988887777", script: "reject" });
  await sandbox.api("evo", "POST", "/calls", { to: "+5511900000001" });
  await sandbox.collections();
  await sandbox.control.resetWorld();
  const { numbers, contacts, calls } = await sandbox.collections();
  expect([numbers.all().length, contacts.all().length, calls.all().length]).toEqual([5, 1, 0]);
});

test("two reads at once don't write a record twice", async () => {
  const sandbox = testSandbox();
  await sandbox.api("evo", "POST", "/calls", { to: "+5511900000001" });
  const [first, second] = await Promise.all([sandbox.collections(), sandbox.collections()]);
  expect(first).toBe(second);
  expect(first.calls.all()).toHaveLength(1);
});
