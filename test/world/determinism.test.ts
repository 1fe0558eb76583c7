import { expect, test } from "vitest";
import { callable, offer, type TestSandbox, testSandbox } from "../support/sandbox.ts";

/** The text of every answer of one scenario, without how long each took in real time. */
async function scenario(sandbox: TestSandbox): Promise<string[]> {
  const answers: string[] = [];
  const ask = async (...request: Parameters<TestSandbox["api"]>) => {
    const { status, body } = await sandbox.api(...request);
    answers.push(`${status} ${JSON.stringify(body)}`);
    return body;
  };
  const meta = await ask("meta", "POST", "/calls", { to: callable, sdp: offer, sdpType: "offer" });
  await ask("meta", "POST", "/calls", { to: "+5511977776666", sdp: offer, sdpType: "offer" });
  await ask("meta", "POST", "/calls/permissions/request", { to: "+5511977776666" });
  const evo = await ask("evo", "POST", "/calls", { to: "+5511900000001" });
  await ask("evo", "POST", `/calls/${evo.id}/realtime-session`);
  answers.push(JSON.stringify(await sandbox.control.createInboundCall({ to: "551140000001", from: "5511966665555" })));
  await sandbox.advance("PT10S");
  await ask("meta", "GET", `/calls/${meta.id}?includeSdp=1`);
  await ask("meta", "GET", "/calls/permissions?to=5511977776666");
  await ask("evo", "GET", "/calls");
  answers.push(JSON.stringify(await sandbox.control.getTimeline({ callId: meta.id })));
  answers.push(JSON.stringify(await sandbox.control.getWorld()));
  return answers;
}

test("WORLD-016: the same seed and the same requests on the virtual clock give the same bytes", async () => {
  const first = await scenario(testSandbox({ seed: "a" }));
  const second = await scenario(testSandbox({ seed: "a" }));
  expect(first).toHaveLength(11);
  expect(second).toEqual(first);
});

test("another seed gives other ids", async () => {
  const idIn = async (seed: string) =>
    (await testSandbox({ seed }).api("evo", "POST", "/calls", { to: callable })).body;
  const [a, b] = [await idIn("a"), await idIn("b")];
  expect(a.id).not.toBe(b.id);
  expect(a.externalCallId).not.toBe(b.externalCallId);
});

test("after a reset nothing is given that was given before", async () => {
  const sandbox = testSandbox();
  const given = new Set<string>();
  const rounds = 3;
  for (let round = 0; round < rounds; round++) {
    const { body: call } = await sandbox.api("evo", "POST", "/calls", { to: "+5511988887777" });
    const { body: session } = await sandbox.api("evo", "POST", `/calls/${call.id}/realtime-session`);
    const { body: read } = await sandbox.api("evo", "GET", `/calls/${call.id}`);
    const { body: asked } = await sandbox.api("meta", "POST", "/calls/permissions/request", { to: "+5511988887777" });
    for (const id of [call.id, call.externalCallId, session.token, read.conversationId, asked.messageId]) given.add(id);
    await sandbox.control.resetWorld();
  }
  expect(given.size).toBe(5 * rounds);
});
