import { expect, test } from "vitest";
import { answer, type TestSandbox, testSandbox } from "../support/sandbox.ts";
import { ask, dial, evoNumber, metaNumber, person } from "./requests.ts";

async function billing(sandbox: TestSandbox, callId: string) {
  const { status, body } = await ask(sandbox, "GET", `/calls/${callId}/billing`);
  expect(status).toBe(200);
  return body;
}

test("CTRL-040: an answered outbound META call: the account pays, in begun pulses of six seconds", async () => {
  const sandbox = testSandbox();
  const id = await dial(sandbox, "meta");
  await sandbox.advance("PT14.5S");
  await sandbox.api("meta", "POST", `/calls/${id}/terminate`);
  expect(await billing(sandbox, id)).toEqual({
    callId: id,
    billable: true,
    payer: "WABA",
    seconds: 13,
    pulses: 3,
    pulseSeconds: 6,
    reason: expect.stringContaining("6 seconds"),
  });
});

test("CTRL-040: while a call lasts, billing says what has come together so far", async () => {
  const sandbox = testSandbox();
  const id = await dial(sandbox, "meta");
  await sandbox.advance("PT7S");
  expect(await billing(sandbox, id)).toMatchObject({ seconds: 6, pulses: 1 });
  await sandbox.advance("PT0.001S");
  expect(await billing(sandbox, id)).toMatchObject({ seconds: 6, pulses: 2 });
});

const free = { billable: false, payer: null, seconds: 0, pulses: 0 };

test("CTRL-040: an outbound META call that nobody answered costs nothing", async () => {
  const sandbox = testSandbox();
  const id = await dial(sandbox, "meta", "+5511900000003");
  await sandbox.advance("PT2M");
  expect(await billing(sandbox, id)).toMatchObject({ ...free, reason: "Nobody answered." });
});

test("CTRL-040: inbound META calls and all EVO_GO calls cost nothing, answered or not", async () => {
  const sandbox = testSandbox();
  const accept = async (key: "meta" | "evo", to: string) => {
    const { id } = await sandbox.control.createInboundCall({ to, from: person });
    const sdp = key === "meta" ? { sdp: answer, sdpType: "answer" } : undefined;
    expect((await sandbox.api(key, "POST", `/calls/${id}/accept`, sdp)).status).toBe(200);
    return id;
  };
  const ids = [await accept("meta", metaNumber), await accept("evo", evoNumber), await dial(sandbox, "evo")];
  await sandbox.advance("PT1M");
  expect(await billing(sandbox, ids[0] ?? "")).toMatchObject({ ...free, reason: expect.stringContaining("user") });
  for (const id of ids.slice(1))
    expect(await billing(sandbox, id)).toMatchObject({ ...free, reason: expect.stringContaining("EVO_GO") });
});
