import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { answer, callable, offer, type TestSandbox, testSandbox } from "../support/sandbox.ts";
import { type Finish, type Racer, race } from "./support/race.ts";

const numRuns = 20;
const providers = [
  { key: "meta", to: "+551140000001", body: { sdp: answer } },
  { key: "evo", to: "+551140000002", body: {} },
] as const;

let people = 0;
/** Somebody new, so that no run meets what another one left behind. */
const somebody = () => `55119${(80_000_000 + people++).toString()}`;

async function ringing(sandbox: TestSandbox, to: string): Promise<string> {
  return (await sandbox.control.createInboundCall({ to, from: somebody() })).id;
}

/** How many succeeded, and the codes of the others. */
function outcome(finishes: readonly Finish[]) {
  return {
    winners: finishes.filter(({ code }) => code === null).length,
    refusals: finishes.flatMap(({ status, code }) => (code === null ? [] : [`${status} ${code}`])),
  };
}
const oneWinner = { winners: 1, refusals: ["400 INVALID_CALL_STATE"] };

describe.each(providers)("on $key", ({ key, to, body }) => {
  const does =
    (action: string) =>
    (callId: string): Racer =>
      action === "accept"
        ? { key, path: `/calls/${callId}/accept`, body }
        : { key, path: `/calls/${callId}/${action}` };

  test.each([
    ["CALL-035", "accept", "accept"],
    ["CALL-036", "accept", "reject"],
    ["CALL-037", "terminate", "terminate"],
  ])("%s: of %s and %s at once exactly one succeeds", async (_id, one, other) => {
    const sandbox = testSandbox({ mode: "manual" });
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (s) => {
        const call = await ringing(sandbox, to);
        expect(outcome(await race(s, sandbox, [does(one)(call), does(other)(call)]))).toEqual(oneWinner);
        await sandbox.api(key, "POST", `/calls/${call}/terminate`);
      }),
      { numRuns },
    );
  });

  test("CALL-038: an accept that races a terminate comes first or is refused; the call ends either way", async () => {
    const sandbox = testSandbox({ mode: "manual" });
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (s) => {
        const call = await ringing(sandbox, to);
        const [accepted, terminated] = await race(s, sandbox, [does("accept")(call), does("terminate")(call)]);
        expect(terminated).toMatchObject({ status: 200 });
        const { body: ended } = await sandbox.api(key, "GET", `/calls/${call}`);
        expect(ended.status).toBe("COMPLETED");
        expect(ended.connectedAt === null).toBe(accepted?.code === "INVALID_CALL_STATE");
        seen.add(String(accepted?.code));
      }),
      { numRuns: 40 },
    );
    expect(seen).toEqual(new Set(["null", "INVALID_CALL_STATE"]));
  });

  test("CALL-035, CALL-036, CALL-037, CALL-038: however many race, some order of them explains all answers", async () => {
    const sandbox = testSandbox({ mode: "manual" });
    const actions = fc.array(fc.constantFrom("accept", "reject", "terminate"), { minLength: 2, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), actions, async (s, wanted) => {
        const call = await ringing(sandbox, to);
        const finishes = await race(
          s,
          sandbox,
          wanted.map((action) => does(action)(call)),
        );
        const { body: left } = await sandbox.api(key, "GET", `/calls/${call}`);
        const told = finishes.map(({ code }) => code ?? "ok");
        expect(explained(wanted, told, left.status), `${wanted} → ${told} and ${left.status}`).toBe(true);
        await sandbox.api(key, "POST", `/calls/${call}/terminate`);
      }),
      { numRuns: 30 },
    );
  });
});

/** Whether the actions, done one after the other in some order, give these answers and leave this status. */
function explained(actions: readonly string[], told: readonly string[], left: string, status = "RINGING"): boolean {
  if (actions.length === 0) return status === left;
  return actions.some((action, index) => {
    const next = after(status, action);
    if ((next === null ? "INVALID_CALL_STATE" : "ok") !== told[index]) return false;
    return explained(actions.toSpliced(index, 1), told.toSpliced(index, 1), left, next ?? status);
  });
}

function after(status: string, action: string): string | null {
  if (action === "terminate") return status === "RINGING" || status === "ACCEPTED" ? "COMPLETED" : null;
  if (status !== "RINGING") return null;
  return action === "accept" ? "ACCEPTED" : "REJECTED";
}

/** Starts two calls at once in a fresh sandbox, with these limits. */
async function twoStarts(s: fc.Scheduler, limits: Record<string, number>, [one, other]: readonly [string, string]) {
  const sandbox = testSandbox({ mode: "manual" });
  await sandbox.control.updateNumber({ id: [...sandbox.world.state.numbers.keys()][0] ?? "", limits });
  for (const phone of [one, other]) await sandbox.control.putContact({ phone, permission: "permanent" });
  const start = (to: string): Racer => ({ key: "meta", path: "/calls", body: { to, sdp: offer } });
  const finishes = await race(s, sandbox, [start(one), start(other)]);
  const calls = sandbox.world.state.calls.size;
  await sandbox.close();
  return { ...outcome(finishes), calls };
}

test("META-LIMIT-018: of two calls to one person at once exactly one is placed, the other meets 138003", async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), async (s) => {
      expect(await twoStarts(s, {}, [callable, callable])).toEqual({
        winners: 1,
        refusals: ["400 META_CALL_ALREADY_IN_PROGRESS"],
        calls: 1,
      });
    }),
    { numRuns },
  );
});

test.each([
  { limits: { newCallsPer24h: 1 }, code: "429 META_CALL_RATE_LIMIT" },
  { limits: { concurrentCalls: 1 }, code: "429 META_CONCURRENT_CALL_LIMIT" },
])(
  "META-LIMIT-017: the last permitted call placed twice at once is placed once, the other meets $code",
  async (row) => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (s) => {
        expect(await twoStarts(s, row.limits, [callable, "+5511988887777"])).toEqual({
          winners: 1,
          refusals: [row.code],
          calls: 1,
        });
      }),
      { numRuns },
    );
  },
);

test("META-PERM-050: of two requests to one person at once exactly one is sent", async () => {
  const sandbox = testSandbox({ mode: "manual" });
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), async (s) => {
      const ask: Racer = { key: "meta", path: "/calls/permissions/request", body: { to: somebody() } };
      const told = outcome(await race(s, sandbox, [ask, ask]));
      expect(told).toEqual({ winners: 1, refusals: ["400 META_CALL_PERMISSION_REQUEST_LIMIT"] });
    }),
    { numRuns },
  );
});
