import { expect, test } from "vitest";
import { Journal } from "../../mock/journal/index.ts";
import { dumpState } from "../../mock/world/state-dump.ts";
import { temporaryDirectory } from "../journal/support.ts";
import { callable, offer, type TestSandbox, testSandbox } from "../support/sandbox.ts";

const snapshotPath = "/_sandbox/worlds/default/snapshot";

async function busy(sandbox: TestSandbox): Promise<string> {
  await sandbox.api("meta", "POST", "/calls", { to: callable, sdp: offer });
  const { body } = await sandbox.api("evo", "POST", "/calls", { to: "+5511900000001" });
  await sandbox.api("meta", "POST", "/calls/permissions/request", { to: "+5511988887777" });
  await sandbox.advance("PT2S");
  return body.id;
}

const written = ({ world }: TestSandbox) => {
  const { core, calls } = dumpState(world.state);
  return { core: JSON.parse(core), calls: [...calls].flat() };
};

test("CTRL-050: a snapshot that is put back restores the world exactly, with its time and what was waiting", async () => {
  const first = testSandbox();
  const callId = await busy(first);
  const { body: snapshot } = await first.request("GET", snapshotPath);
  const before = written(first);

  const second = testSandbox({ now: "2027-05-05" });
  await second.api("evo", "POST", "/calls", { to: "+5511900000003" });
  const restored = await second.request("PUT", snapshotPath, { body: snapshot });
  expect(restored).toMatchObject({ status: 200, body: { mode: "virtual", now: "2026-01-01T00:00:02.000Z" } });
  expect(written(second)).toEqual(before);
  await second.advance("PT4S");
  const { body: call } = await second.api("evo", "GET", `/calls/${callId}`);
  expect(call).toMatchObject({ status: "COMPLETED", durationSeconds: 5 });
});

test("CTRL-050: a restored world survives a restart", async () => {
  const directory = temporaryDirectory();
  const source = testSandbox();
  await busy(source);
  const { body: snapshot } = await source.request("GET", snapshotPath);
  const target = testSandbox({ archive: new Journal(directory) });
  await target.api("evo", "POST", "/calls", { to: "+5511900000003" });
  await target.request("PUT", snapshotPath, { body: snapshot });
  await target.advance("PT1S");
  const before = written(target);
  await target.close();
  expect(written(testSandbox({ archive: new Journal(directory) }))).toEqual(before);
});

test("a snapshot of more than 1 MiB can be put back", async () => {
  const sandbox = testSandbox();
  for (let call = 0; call < 2_000; call++) {
    await sandbox.api("evo", "POST", "/calls", { to: "+5511900000003", bizOpaqueCallbackData: "x".repeat(400) });
  }
  const { body: snapshot } = await sandbox.request("GET", snapshotPath);
  expect(JSON.stringify(snapshot).length).toBeGreaterThan(1024 * 1024);
  expect((await sandbox.request("PUT", snapshotPath, { body: snapshot })).status).toBe(200);
});

// biome-ignore lint/suspicious/noExplicitAny: snapshots are damaged at will here
type Damage = (snapshot: any) => void;

const damages: readonly (readonly [string, Damage, string])[] = [
  ["another format", (it) => (it.format = "zip"), "format must be"],
  ["a newer version", (it) => (it.version = 2), "version must be"],
  ["no state", (it) => delete it.state, "state is required"],
  ["a part missing", (it) => delete it.state.pairs, "state.pairs is missing"],
  ["a part that is no map", (it) => (it.state.numbers = []), "state.numbers must be a map, but is a list"],
  [
    "a call of a number that isn't there",
    (it) => (it.calls[0].numberId = "num_00000000000000000000000000"),
    "belongs to a number that is not in it",
  ],
  ["an ended call that has no end", (it) => (it.calls[0].status = "COMPLETED"), "calls[0]"],
  ["a call that lives without its life", (it) => (it.state.live.$map = []), "state.live says otherwise"],
  ["a call with an id of another form", (it) => (it.calls[0].id = "call-1"), "calls[0].id"],
  ["a number without its traffic", (it) => it.state.traffic.$map.pop(), "is missing"],
  ["a clock that stands nowhere", (it) => (it.clock.now = "yesterday"), "clock.now"],
];

test.each(damages)("CTRL-050: a snapshot with %s is refused and changes nothing", async (_name, damage, text) => {
  const sandbox = testSandbox();
  await busy(sandbox);
  const { body: snapshot } = await sandbox.request("GET", snapshotPath);
  damage(snapshot);
  const before = written(sandbox);
  const refused = await sandbox.request("PUT", snapshotPath, { body: snapshot });
  expect(refused).toMatchObject({ status: 400, body: { code: "VALIDATION_ERROR" } });
  expect(refused.body.error).toContain(text);
  expect(written(sandbox)).toEqual(before);
});

test("CTRL-050: the snapshot of another world is refused with what to do", async () => {
  const sandbox = testSandbox();
  await sandbox.control.createWorld({ id: "checkout" });
  const { body: snapshot } = await sandbox.request("GET", "/_sandbox/worlds/checkout/snapshot");
  const refused = await sandbox.request("PUT", snapshotPath, { body: snapshot });
  expect(refused).toMatchObject({ status: 409, body: { code: "SNAPSHOT_OF_ANOTHER_WORLD" } });
});
