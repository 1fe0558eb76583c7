import { expect, test } from "vitest";
import { type TestSandbox, testSandbox } from "../support/sandbox.ts";
import { ask, dial, evoNumber, outcome, person } from "./requests.ts";

const act = (sandbox: TestSandbox, action: string, more: object = {}) =>
  ask(sandbox, "POST", "/calls/latest/person", { action, ...more });

const names = async (sandbox: TestSandbox) =>
  (await sandbox.control.getTimeline({ callId: "latest" })).entries
    .filter(({ kind }) => kind !== "request")
    .map(({ at, name }) => `${at.slice(17, 23)} ${name}`);

const manual = () => testSandbox({ mode: "manual" });

test("CTRL-024: ring, answer, speak, send-dtmf and hang-up, as far as a whole call goes", async () => {
  const sandbox = manual();
  const id = await dial(sandbox, "evo");
  const done: string[] = [];
  for (const [action, more] of [
    ["ring", {}],
    ["answer", {}],
    ["speak", { pattern: "turns" }],
    ["send-dtmf", { digits: "1#" }],
    ["hang-up", {}],
  ] as const) {
    await sandbox.advance("PT2S");
    const { status, body } = await act(sandbox, action, more);
    expect([status, body.id]).toEqual([200, id]);
    done.push(body.status);
  }
  expect(done).toEqual(["RINGING", "ACCEPTED", "ACCEPTED", "ACCEPTED", "COMPLETED"]);
  expect(await names(sandbox)).toEqual([
    "00.000 INITIATED",
    "02.000 RINGING",
    "04.000 ACCEPTED",
    "06.000 speak",
    "08.000 send-dtmf",
    "10.000 COMPLETED",
  ]);
});

test.each([
  ["reject", {}, { status: "REJECTED", errorCode: null }],
  ["fail", { code: "138020" }, { status: "FAILED", errorCode: "138020" }],
] as const)("CTRL-024: %s ends the call", async (action, more, ended) => {
  const sandbox = manual();
  await dial(sandbox, "meta");
  expect((await act(sandbox, action, more)).body).toMatchObject(ended);
});

const everything = ["ring", "answer", "reject", "hang-up", "fail", "speak", "send-dtmf"] as const;
const withParameter = { speak: { pattern: "turns" }, "send-dtmf": { digits: "1" } };
const more = (action: string) => new Map<string, object>(Object.entries(withParameter)).get(action) ?? {};

/** Calls in every state, each with what its person can do. */
const states: readonly [string, (sandbox: TestSandbox) => Promise<unknown>, string, readonly string[]][] = [
  [
    "outbound INITIATED",
    (sandbox) => dial(sandbox, "evo"),
    "INITIATED",
    ["ring", "answer", "reject", "hang-up", "fail"],
  ],
  [
    "outbound RINGING",
    async (sandbox) => {
      await dial(sandbox, "evo");
      await act(sandbox, "ring");
    },
    "RINGING",
    ["answer", "reject", "hang-up", "fail"],
  ],
  [
    "outbound ACCEPTED",
    async (sandbox) => {
      await dial(sandbox, "evo");
      await act(sandbox, "answer");
    },
    "ACCEPTED",
    ["hang-up", "fail", "speak", "send-dtmf"],
  ],
  [
    "inbound RINGING",
    (sandbox) => sandbox.control.createInboundCall({ to: evoNumber, from: person }),
    "RINGING",
    ["hang-up", "fail"],
  ],
  [
    "inbound ACCEPTED",
    async (sandbox) => {
      const { id } = await sandbox.control.createInboundCall({ to: evoNumber, from: person });
      await sandbox.api("evo", "POST", `/calls/${id}/accept`);
    },
    "ACCEPTED",
    ["hang-up", "fail", "speak", "send-dtmf"],
  ],
  [
    "COMPLETED",
    async (sandbox) => {
      const id = await dial(sandbox, "evo");
      await sandbox.api("evo", "POST", `/calls/${id}/terminate`);
    },
    "COMPLETED",
    [],
  ],
  [
    "REJECTED",
    async (sandbox) => {
      await dial(sandbox, "evo");
      await act(sandbox, "reject");
    },
    "REJECTED",
    [],
  ],
  [
    "FAILED",
    async (sandbox) => {
      await dial(sandbox, "evo");
      await act(sandbox, "fail");
    },
    "FAILED",
    [],
  ],
  [
    "MISSED",
    async (sandbox) => {
      await sandbox.control.createInboundCall({ to: evoNumber, from: person });
      await act(sandbox, "hang-up");
    },
    "MISSED",
    [],
  ],
];

test.each(states)(
  "CTRL-025, CTRL-026, CTRL-027, CTRL-028, CTRL-029, CTRL-030: what the person of a call that is %s can and can't do",
  async (_what, arrange, status, allowed) => {
    for (const action of everything) {
      const sandbox = manual();
      await arrange(sandbox);
      const answer = await act(sandbox, action, more(action));
      if (allowed.includes(action)) {
        expect(outcome(answer)).toBe("200");
        continue;
      }
      expect(outcome(answer)).toBe("409 PERSON_CANNOT_DO_THAT");
      expect(answer.body.details).toEqual({ status, allowed });
    }
  },
);

test.each(["answer", "reject"])(
  "CTRL-027: a phone that doesn't ring yet rings before its person can %s",
  async (action) => {
    const sandbox = manual();
    await dial(sandbox, "meta");
    await sandbox.advance("PT3S");
    await act(sandbox, action);
    expect((await names(sandbox)).filter((name) => !name.endsWith("sdpProvided")).slice(1)).toEqual([
      "03.000 RINGING",
      action === "answer" ? "03.000 ACCEPTED" : "03.000 REJECTED",
    ]);
  },
);

test("CTRL-028: hang-up ends an answered call COMPLETED, gives up an inbound one and turns an outbound one away", async () => {
  const sandbox = manual();
  await dial(sandbox, "evo");
  await act(sandbox, "answer");
  await sandbox.advance("PT4.9S");
  expect((await act(sandbox, "hang-up")).body).toMatchObject({ status: "COMPLETED", durationSeconds: 4 });
  await sandbox.control.createInboundCall({ to: evoNumber, from: person });
  expect((await act(sandbox, "hang-up")).body).toMatchObject({ status: "MISSED", durationSeconds: null });
  await dial(sandbox, "evo");
  await act(sandbox, "ring");
  expect((await act(sandbox, "hang-up")).body).toMatchObject({ status: "COMPLETED", durationSeconds: null });
});

test.each([
  ["meta", undefined, "138019"],
  ["evo", undefined, "UNREACHABLE"],
  ["meta", "138022", "138022"],
  ["evo", "138022", "138022"],
  ["evo", "MY_OWN_CODE", "MY_OWN_CODE"],
] as const)("CTRL-029: on %s fail with the code %s ends the call FAILED with %s", async (key, code, errorCode) => {
  const sandbox = manual();
  await dial(sandbox, key);
  const failed = await act(sandbox, "fail", code === undefined ? {} : { code });
  expect(failed.body).toMatchObject({ status: "FAILED", errorCode, errorMessage: expect.stringMatching(/\.$/) });
});

test("a control call wins over the script: what the person did by hand isn't done again", async () => {
  const sandbox = testSandbox();
  await dial(sandbox, "evo");
  await act(sandbox, "answer");
  await sandbox.advance("PT1M");
  const course = (await names(sandbox)).map((name) => name.split(" ")[1]);
  expect(course).toEqual(["INITIATED", "RINGING", "ACCEPTED", "speak"]);
});
