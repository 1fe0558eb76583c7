import { expect, test } from "vitest";
import { readScenario, runScenario, type StepResult } from "../../mock/scenarios/index.ts";
import { testSandbox } from "../support/sandbox.ts";
import { receiver } from "../webhooks/receiver.ts";

const scenario = (steps: string, more = "") =>
  readScenario(`name: mine\nabout: x.\ncorrect: y.\n${more}\nsteps:\n${steps}`, "mine.yaml");
const outcomes = (steps: readonly StepResult[]) => steps.map(({ kind, outcome }) => [kind, outcome]);

test("a scenario plays in a world of its own, on a virtual clock where nobody acts by themselves", async () => {
  const sandbox = testSandbox();
  const { world } = await runScenario(sandbox, scenario("  - say: hello"));
  expect(world).not.toBe("default");
  expect(await sandbox.control.getWorld({ w: world })).toMatchObject({ mode: "manual", clock: { mode: "virtual" } });
});

test("a scenario of a file's own moves people, the clock and numbers, and passes what it read on", async () => {
  const sandbox = testSandbox();
  const hook = await receiver();
  const { verdict, steps } = await runScenario(
    sandbox,
    scenario(`
  - contact: { phone: +5511911112222, permission: permanent, name: Ana }
  - startCall: { to: +5511911112222, bizOpaqueCallbackData: order-7 }
  - person: { action: answer }
  - advance: 2m
  - request: { method: GET, path: "/calls/{callId}", status: 200, capture: { meta: externalCallId } }
  - request: { method: POST, path: "/calls/{meta}/terminate", status: 200 }
  - expectDelivery: { event: call.ended, fields: { durationSeconds: 120, bizOpaqueCallbackData: order-7, externalCallId: "{meta}" } }
  - request: { method: POST, path: "/calls/{meta}/terminate", status: 400, code: INVALID_CALL_STATE }
  - number: { number: +551140000002, connected: false }
  - request: { method: GET, path: /calls, key: evo, status: 409, code: WHATSAPP_INSTANCE_NOT_CONNECTED }`),
    { webhook: hook.url },
  );
  expect(steps.filter(({ outcome }) => outcome === "fail")).toEqual([]);
  expect(verdict).toBe("pass");
});

test("an EVO_GO call and its faults can be played too", async () => {
  const hook = await receiver();
  const { steps } = await runScenario(
    testSandbox(),
    scenario(`
  - fault: { target: { operation: startCall }, trigger: { next: 1 }, effect: { type: status, status: 503 } }
  - request: { method: POST, path: /calls, key: evo, body: { to: "+5511988887777" }, status: 503 }
  - clearFaults: true
  - startCall: { to: +5511988887777, key: evo }
  - person: { action: reject }
  - expectDelivery: { event: call.ended, fields: { status: REJECTED }, absent: [duration] }`),
    { webhook: hook.url },
  );
  expect(outcomes(steps)).toEqual([
    ["fault", "done"],
    ["request", "done"],
    ["clearFaults", "done"],
    ["startCall", "done"],
    ["person", "done"],
    ["expectDelivery", "pass"],
  ]);
});

test("an expectation that is not met doesn't end the scenario; a step that can't be played does", async () => {
  const { verdict, steps } = await runScenario(
    testSandbox(),
    scenario(`
  - inboundCall: { from: +5511988887777 }
  - request: { method: POST, path: "/calls/{callId}/terminate", status: 400 }
  - person: { action: hang-up }
  - say: nobody gets here`),
  );
  expect(verdict).toBe("fail");
  expect(outcomes(steps)).toEqual([
    ["inboundCall", "done"],
    ["request", "fail"],
    ["person", "fail"],
  ]);
  expect(steps[1]?.text).toMatch(/\/terminate was answered 200 in place of 400/);
  expect(steps[2]?.text).toMatch(/^person could not be played, so the scenario ends here: The person can't hang-up/);
});

test("an event that the receiver never takes, and one that never comes, are told apart", async () => {
  const hook = await receiver(() => 500);
  const { steps } = await runScenario(
    testSandbox(),
    scenario(`
  - inboundCall: { from: +5511988887777 }
  - expectDelivery: { event: call.ringing, within: 100ms }
  - expectDelivery: { event: call.ended, within: 30ms }
  - expectDelivery: { event: call.ringing, fields: { direction: OUTBOUND }, within: 30ms }`),
    { webhook: hook.url },
  );
  expect(steps.slice(1).map(({ text }) => text)).toEqual([
    "call.ringing: your receiver answered 500, seen",
    "call.ended: there was none",
    'call.ringing (direction "OUTBOUND"): there was none',
  ]);
});

test("requests of the scenario's own are not the client's", async () => {
  const sandbox = testSandbox();
  const { steps } = await runScenario(
    sandbox,
    scenario(`
  - request: { method: GET, path: /calls, status: 200 }
  - expectRequest: { operation: listCalls, never: true }
  - ask: { do: listCalls, text: Look at the calls. }
  - expectRequest: { operation: listCalls, status: 200 }
  - expectRequest: { operation: listCalls, atMost: 1 }`),
    {
      onAsk: async ({ keys }) => {
        await sandbox.app.request("/v1/calls", { headers: { "x-api-key": keys.meta } });
      },
      settleMs: 20,
    },
  );
  expect(steps.map(({ outcome }) => outcome)).toEqual(["done", "pass", "done", "pass", "pass"]);
});

test("what onAsk throws, runScenario throws", async () => {
  const run = runScenario(testSandbox(), scenario("  - ask: { do: startCall, text: Call. }"), {
    onAsk: () => {
      throw new Error("the button is broken");
    },
  });
  await expect(run).rejects.toThrow("the button is broken");
});

test("what only a person can see is asked of look, or left to the reader", async () => {
  const asked = scenario("  - verdict: { text: It rings., about: callState, is: ringing }");
  const look = (state: string) => runScenario(testSandbox(), asked, { look: () => state, patienceMs: 20 });
  expect((await look("ringing")).verdict).toBe("pass");
  expect((await look("ended")).steps[0]?.text).toBe('It rings. But callState is "ended" in place of "ringing".');
  expect((await runScenario(testSandbox(), asked)).verdict).toBe("look");
});

test("a value that no step has captured yet ends the scenario", async () => {
  const { steps } = await runScenario(testSandbox(), scenario("  - request: { method: GET, path: '/calls/{callId}' }"));
  expect(steps[0]).toMatchObject({ outcome: "fail", text: expect.stringContaining("no value for {callId} yet") });
});
