import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { readCases } from "../../../contracts/conformance/read-cases.ts";
import { openReceiver, type Receiver } from "../../../contracts/conformance/receiver.ts";
import { root } from "../../../scripts/lib/root.ts";
import { buildMock } from "../../../scripts/teeth/build-mock.ts";
import { nearestFirst, noticedByCases } from "../../../scripts/teeth/judge.ts";
import { chosenBy, type DeliberateFault, readFaults, withFault } from "../../../scripts/teeth/read-faults.ts";
import { temporary } from "../../doors/cli-process.ts";

const list = join(root, "scripts/teeth/faults.yaml");

const roundsUp: DeliberateFault = {
  fault: "durations round up",
  near: "CALL",
  file: "mock/domain/call.ts",
  find: "return Math.floor((call.endedAt - call.connectedAt) / 1_000);",
  replace: "return Math.ceil((call.endedAt - call.connectedAt) / 1_000);",
};

const cases = (state: string, title = "a case") =>
  readCases(
    `topic: T
providers: [EVO_GO]
cases:
  - title: ${title}
    behaviours: [CALL-001]
    steps:
      - { call: { direction: OUTBOUND, state: ACCEPTED } }
      - { advance: 1.5s }
      - { person: { action: hang-up } }
      - { send: "GET /v1/calls/{callId}", expect: { status: 200, body: { durationSeconds: ${state} } } }
`,
    "f.yaml",
  );

async function receiver(): Promise<Receiver> {
  const opened = await openReceiver();
  onTestFinished(() => opened.close());
  return opened;
}

describe("the list of deliberate faults", () => {
  it("TEETH-001: holds at least forty, each of which fits its file in exactly one place", async () => {
    expect((await readFaults(list)).length).toBeGreaterThanOrEqual(40);
  });

  it("TEETH-001: is refused when a fault no longer fits", async () => {
    const file = join(temporary(), "faults.yaml");
    writeFileSync(file, "- { fault: x, near: CALL, file: package.json, find: no such text, replace: y }\n");
    await expect(readFaults(file)).rejects.toThrow('the fault "x" no longer fits');
  });

  it("TEETH-001: is refused when a fault lacks something, or stands twice", async () => {
    const file = join(temporary(), "faults.yaml");
    writeFileSync(file, "- { fault: x, near: CALL, file: package.json, find: y }\n");
    await expect(readFaults(file)).rejects.toThrow("a fault lacks replace");
    const one = "- { fault: x, near: CALL, file: package.json, find: '\"license\": ', replace: y }\n";
    writeFileSync(file, one + one);
    await expect(readFaults(file)).rejects.toThrow("stands twice");
  });

  it("TEETH-004: is chosen from by a commit, always the same way", async () => {
    const all = await readFaults(list);
    const commits = ["84c5065aa", "b7bfb690c", "7379aa310", "3bc0d1f22"];
    for (const commit of commits) expect(chosenBy(commit, all, 6)).toEqual(chosenBy(commit, all, 6));
    expect(new Set(commits.map((commit) => JSON.stringify(chosenBy(commit, all, 6)))).size).toBe(commits.length);
    expect(new Set(chosenBy("84c5065aa", all, 6)).size).toBe(6);
    expect(new Set(chosenBy("84c5065aa", all, 1_000))).toEqual(new Set(all));
  });
});

describe("a deliberate fault", () => {
  it("TEETH-001: changes one place and nothing else", () => {
    expect(withFault(`a\n${roundsUp.find}\nb`, roundsUp)).toBe(`a\n${roundsUp.replace}\nb`);
    expect(() => withFault(roundsUp.find + roundsUp.find, roundsUp)).toThrow("stands 2 times");
  });

  it("TEETH-002: is noticed by the first case that fails, and by none that does not look there", async () => {
    const mock = await buildMock("test-fault", roundsUp);
    const inbox = await receiver();
    expect(await noticedByCases(mock, cases("1"), inbox)).toMatchObject({ by: "f.yaml: a case [EVO_GO]" });
    expect(await noticedByCases(mock, cases("<integer>"), inbox)).toBeNull();
  });

  it("TEETH-003: is needed for a case to fail", async () => {
    expect(await noticedByCases(await buildMock("test-healthy", null), cases("1"), await receiver())).toBeNull();
  });
});

it("plays the cases of the fault's own area first", () => {
  const [far] = cases("1", "far");
  const near = { ...far, title: "near", behaviours: ["META-PERM-001"] } as NonNullable<typeof far>;
  if (far === undefined) throw new Error("There is no case.");
  expect(nearestFirst([far, near], "META-PERM").map(({ title }) => title)).toEqual(["near", "far"]);
});
