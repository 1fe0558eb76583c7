import { expect, test } from "vitest";
import type { PermissionReply, Script, ScriptStep } from "../../mock/people/script.ts";
import { testSandbox } from "../support/sandbox.ts";
import { callNow, course, dial, person, ring } from "./calls.ts";

const yes: PermissionReply = { afterMs: 1_000, reply: "accept" };
const script = (change: Partial<Script>): Script => ({
  name: "mine",
  about: "A script of a test.",
  called: [],
  calling: [],
  answered: [],
  permission: yes,
  ...change,
});
const step = (afterMs: number, action: ScriptStep["action"]): ScriptStep => ({ afterMs, action });

test("PEOPLE-028: no step of a script can break the rules of a call", async () => {
  const impossible = [
    step(100, { do: "speak", pattern: "turns" }),
    step(100, { do: "send-dtmf", digits: "1" }),
    step(100, { do: "ring" }),
    step(100, { do: "ring" }),
    step(100, { do: "answer" }),
  ];
  const answered = [step(100, { do: "answer" }), step(100, { do: "reject" }), step(100, { do: "ring" })];
  const sandbox = testSandbox({ scripts: [script({ called: impossible, answered })] });
  await sandbox.control.putContact({ phone: person, script: "mine" });
  const id = await dial(sandbox, "evo", person);
  await sandbox.advance("PT1M");
  expect(await course(sandbox, id)).toEqual(["0 INITIATED", "0.3 RINGING", "0.5 ACCEPTED"]);
  expect((await callNow(sandbox, "evo", id)).status).toBe("ACCEPTED");
});

test("PEOPLE-028: a caller can't answer, reject or ring their own call", async () => {
  const calling = [step(100, { do: "answer" }), step(100, { do: "reject" }), step(100, { do: "ring" })];
  const sandbox = testSandbox({ scripts: [script({ calling })] });
  const id = await ring(sandbox, "evo", person, "mine");
  await sandbox.advance("PT30S");
  expect(await course(sandbox, id)).toEqual(["0 RINGING"]);
});

test("PEOPLE-029: a step that no longer fits, because the call has ended, is skipped", async () => {
  const sandbox = testSandbox();
  await sandbox.control.putContact({ phone: person, script: "hang-up" });
  const id = await dial(sandbox, "evo", person);
  await sandbox.advance("PT2S");
  await sandbox.api("evo", "POST", `/calls/${id}/terminate`);
  await sandbox.advance("PT1H");
  expect((await course(sandbox, id)).at(-1)).toBe("2 COMPLETED");
  expect(await callNow(sandbox, "evo", id)).toMatchObject({ durationSeconds: 1, endedAt: "2026-01-01T00:00:02.000Z" });
});

test("PEOPLE-029: the steps after a skipped one are taken", async () => {
  const called = [step(100, { do: "speak", pattern: "turns" }), step(200, { do: "answer" })];
  const sandbox = testSandbox({ scripts: [script({ called })] });
  await sandbox.control.putContact({ phone: person, script: "mine" });
  await dial(sandbox, "evo", person);
  await sandbox.advance("PT1S");
  expect(await course(sandbox)).toEqual(["0 INITIATED", "0.3 RINGING", "0.3 ACCEPTED"]);
});

test("PEOPLE-030: a person takes each step on the world's clock", async () => {
  const answered = [step(36_000_000, { do: "send-dtmf", digits: "12#" }), step(1, { do: "hang-up" })];
  const sandbox = testSandbox({ scripts: [script({ called: [step(50, { do: "answer" })], answered })] });
  await sandbox.control.putContact({ phone: person, script: "mine" });
  const id = await dial(sandbox, "evo", person);
  expect(await course(sandbox, id)).toEqual(["0 INITIATED"]);
  await sandbox.advance("PT9H59M59S");
  expect((await course(sandbox, id)).at(-1)).toBe("0.05 ACCEPTED");
  await sandbox.advance("PT2S");
  expect((await course(sandbox, id)).slice(-2)).toEqual(["36000.05 send-dtmf", "36000.051 COMPLETED"]);
});

test("PEOPLE-036: the same seed and the same requests bring the same acts in the same order", async () => {
  const run = async () => {
    const sandbox = testSandbox({ seed: "again" });
    const ids = [];
    for (const to of ["+5511900000001", "+5511900000002", person, "+5511900000004"])
      ids.push(await dial(sandbox, "evo", to));
    ids.push(await ring(sandbox, "meta", person, "reject"));
    await sandbox.advance("PT5M");
    return Promise.all(ids.map((callId) => sandbox.control.getTimeline({ callId })));
  };
  const first = await run();
  expect(first).toHaveLength(5);
  expect(await run()).toEqual(first);
});
