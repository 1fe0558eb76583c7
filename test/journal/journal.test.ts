import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { Journal, JournalError } from "../../mock/journal/index.ts";
import { createSandbox } from "../../mock/sandbox.ts";
import { dumpState } from "../../mock/world/state-dump.ts";
import { callable, offer, testNow, testSandbox } from "../support/sandbox.ts";
import { temporaryDirectory } from "./support.ts";

const written = (sandbox: { world: { state: Parameters<typeof dumpState>[0] } }) => {
  const { core, calls } = dumpState(sandbox.world.state);
  return { core: JSON.parse(core), calls: [...calls].flat() };
};

test("WORLD-021: after a restart everything that was acknowledged is there, byte for byte", async () => {
  const directory = temporaryDirectory();
  const first = testSandbox({ archive: new Journal(directory) });
  await first.api("meta", "POST", "/calls", { to: callable, sdp: offer, bizOpaqueCallbackData: "order-42" });
  await first.api("evo", "POST", "/calls", { to: "+5511900000001" });
  await first.advance("PT3S");
  await first.api("meta", "POST", "/calls/permissions/request", { to: "+5511988887777" });
  await first.api("meta", "PUT", "/calls/settings", { callback_permission_status: "DISABLED" });
  const before = written(first);
  await first.close();

  const second = testSandbox({ archive: new Journal(directory) });
  expect(written(second)).toEqual(before);
  expect(second.clock.now()).toBe(Date.parse(testNow) + 3_000);
});

test("CLOCK-016: what was waiting goes on after a restart: the person still hangs up and still replies", async () => {
  const directory = temporaryDirectory();
  const first = testSandbox({ archive: new Journal(directory) });
  const { body: started } = await first.api("evo", "POST", "/calls", { to: "+5511900000001" });
  await first.api("meta", "POST", "/calls/permissions/request", { to: "+5511988887777" });
  await first.close();

  const second = testSandbox({ archive: new Journal(directory) });
  await second.advance("PT6S");
  const { body: call } = await second.api("evo", "GET", `/calls/${started.id}`);
  expect(call).toMatchObject({ status: "COMPLETED", durationSeconds: 5, endedAt: "2026-01-01T00:00:06.000Z" });
  const { body: probe } = await second.api("meta", "GET", "/calls/permissions?to=5511988887777");
  expect(probe.permission.status).toBe("temporary");
});

test("WORLD-014: ids go on where they were, also after a restart", async () => {
  const directory = temporaryDirectory();
  const ids = new Set<string>();
  for (let start = 0; start < 3; start++) {
    const sandbox = testSandbox({ archive: new Journal(directory) });
    for (let call = 0; call < 5; call++) {
      const { body } = await sandbox.api("evo", "POST", "/calls", { to: "+5511900000003" });
      ids.add(body.id).add(body.externalCallId);
    }
    await sandbox.close();
  }
  expect(ids.size).toBe(30);
});

test("other worlds come back too, with their keys; removed ones don't", async () => {
  const directory = temporaryDirectory();
  const first = testSandbox({ archive: new Journal(directory) });
  const kept = await first.control.createWorld({ id: "kept", clock: "virtual", now: testNow });
  const removed = await first.control.createWorld({ id: "removed" });
  await first.control.deleteWorld({ w: "removed" });
  await first.close();

  const second = testSandbox({ archive: new Journal(directory) });
  const status = async (key: string) =>
    (await second.request("GET", "/v1/calls", { headers: { "x-api-key": key } })).status;
  expect(await status(kept.keys.evo)).toBe(200);
  expect(await status(removed.keys.evo)).toBe(401);
});

test("a snapshot and the events after it give the same state as all events", async () => {
  const directory = temporaryDirectory();
  const journal = new Journal(directory);
  const first = testSandbox({ archive: journal });
  await first.api("meta", "POST", "/calls", { to: callable, sdp: offer });
  journal.saveSnapshot("default", dumpState(first.world.state));
  await first.advance("PT2S");
  await first.api("evo", "POST", "/calls", { to: "+5511900000002" });
  const before = written(first);
  await first.close();
  expect(written(testSandbox({ archive: new Journal(directory) }))).toEqual(before);
});

test("WORLD-025: on a full disk what changes state is refused with 503, reads go on, and nothing is lost", async () => {
  const directory = temporaryDirectory();
  const sandbox = testSandbox({ archive: new Journal(directory, { maxBytes: 120_000 }) });
  const answers: number[] = [];
  for (let call = 0; call < 400 && !answers.includes(503); call++) {
    answers.push((await sandbox.api("evo", "POST", "/calls", { to: "+5511900000003" })).status);
  }
  const refused = await sandbox.api("evo", "POST", "/calls", { to: "+5511900000003" });
  expect(refused).toMatchObject({ status: 503, behaviour: "WORLD-025", body: { code: "STORAGE_FULL" } });
  expect((await sandbox.api("evo", "GET", "/calls")).status).toBe(200);
  expect((await sandbox.api("meta", "GET", `/calls/permissions?to=${callable.slice(1)}`)).status).toBe(200);
  const accepted = answers.filter((status) => status === 201).length;
  expect(accepted).toBeGreaterThan(10);
  const before = written(sandbox);
  await sandbox.close();
  const after = written(testSandbox({ archive: new Journal(directory) }));
  expect(after.calls.length).toBe(accepted);
  expect(after.calls).toEqual(before.calls);
});

test("WORLD-022: a second sandbox on one directory is refused, and the holder is named", () => {
  const directory = temporaryDirectory();
  const holder = new Journal(directory);
  expect(() => new Journal(directory)).toThrow(JournalError);
  expect(() => new Journal(directory)).toThrow(`${directory} is in use by another sandbox (process ${process.pid})`);
  holder.close();
});

test("WORLD-023: a data directory that is a file is refused by name", () => {
  const file = join(temporaryDirectory(), "data");
  writeFileSync(file, "");
  expect(() => new Journal(file)).toThrow(`${file} can't be the data directory: it is a file.`);
});

test("WORLD-024: a damaged file is refused with SQLite's own finding", () => {
  const directory = temporaryDirectory();
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, "journal.sqlite"), "this is no database, but it is long enough to be one".repeat(100));
  expect(() => new Journal(directory)).toThrow(/is damaged; SQLite says: file is not a database/);
});

test("WORLD-024: a file whose pages were overwritten is refused, not half read", async () => {
  const directory = temporaryDirectory();
  const sandbox = createSandbox({ archive: new Journal(directory) });
  await sandbox.close();
  const file = join(directory, "journal.sqlite");
  const bytes = readFileSync(file);
  bytes.fill(0x5a, 4_096, 16_384);
  writeFileSync(file, bytes);
  expect(() => new Journal(directory)).toThrow(/is damaged; SQLite says/);
});

test("WORLD-024: a file of a newer version is refused, and is left as it was", () => {
  const directory = temporaryDirectory();
  new Journal(directory).close();
  const database = new DatabaseSync(join(directory, "journal.sqlite"));
  database.exec("UPDATE meta SET value = '99' WHERE key = 'schema'");
  database.close();
  expect(() => new Journal(directory)).toThrow(/was written by a newer version of calls-sandbox \(layout 99/);
});
