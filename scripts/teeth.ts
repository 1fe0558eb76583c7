import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { loadCases, ownCases } from "../contracts/conformance/case-files.ts";
import { openReceiver } from "../contracts/conformance/receiver.ts";
import { root } from "./lib/root.ts";
import { type Flags, runScript, ScriptError } from "./lib/script.ts";
import { buildMock } from "./teeth/build-mock.ts";
import { nearestFirst, noticedByCases } from "./teeth/judge.ts";
import { chosenBy, type DeliberateFault, readFaults } from "./teeth/read-faults.ts";

const list = join(root, "scripts/teeth/faults.yaml");

function commitOf(flags: Flags): string {
  if (typeof flags["commit"] === "string") return flags["commit"];
  return execFileSync("git", ["rev-parse", "HEAD"], { cwd: root, encoding: "utf8" }).trim();
}

function chosen(all: readonly DeliberateFault[], flags: Flags): readonly DeliberateFault[] {
  const { pick, only } = flags;
  if (typeof only === "string") return all.filter(({ fault }) => fault.includes(only));
  if (pick === undefined) return all;
  const count = Number(pick);
  if (!Number.isInteger(count) || count < 1) throw new ScriptError("--pick must be a number from 1", "--pick 6", 2);
  return chosenBy(commitOf(flags), all, count);
}

async function run(flags: Flags): Promise<string> {
  const all = await readFaults(list);
  const faults = chosen(all, flags);
  if (faults.length === 0) throw new ScriptError("no fault fits --only", "see scripts/teeth/faults.yaml", 2);
  const cases = await loadCases([ownCases()]);
  const receiver = await openReceiver();
  const survivors: string[] = [];
  try {
    const healthy = await noticedByCases(await buildMock("healthy", null), cases, receiver);
    if (healthy !== null) {
      throw new ScriptError(`without any fault, ${healthy.by} fails: ${healthy.message}`, "npm run conformance");
    }
    for (const [index, fault] of faults.entries()) {
      const mock = await buildMock(`fault-${index}`, fault);
      const noticed = await noticedByCases(mock, nearestFirst(cases, fault.near), receiver);
      if (noticed === null) survivors.push(fault.fault);
      console.log(
        `${noticed === null ? "SURVIVED" : "noticed "}  ${fault.fault}${noticed === null ? "" : `\n            ${noticed.by}`}`,
      );
    }
  } finally {
    await receiver.close();
  }
  if (survivors.length > 0) {
    throw new ScriptError(`${survivors.length} faults went by unnoticed`, "write a case that fails with each of them");
  }
  return `teeth: ${faults.length} of ${all.length} deliberate faults tried, every one noticed`;
}

await runScript({
  command: "npm run check:teeth --",
  summary: "Puts deliberate faults into the mock, one at a time, and sees whether the conformance suite notices each.",
  options: {
    pick: { type: "string", help: "only so many, chosen by the commit" },
    commit: { type: "string", help: "the commit that chooses; HEAD unless given" },
    only: { type: "string", help: "only faults whose text contains this" },
  },
  run,
});
