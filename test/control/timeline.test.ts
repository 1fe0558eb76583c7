import { expect, test } from "vitest";
import { answer, callable, offer, type TestSandbox, testSandbox } from "../support/sandbox.ts";
import { ask, dial, evoNumber, metaNumber, person } from "./requests.ts";

async function story(sandbox: TestSandbox, callId = "latest") {
  const { status, body } = await ask(sandbox, "GET", `/calls/${callId}/timeline`);
  expect(status).toBe(200);
  const seqs = body.entries.map(({ seq }: { seq: number }) => seq);
  expect(seqs).toEqual(seqs.toSorted((a: number, b: number) => a - b));
  return body.entries.map(
    ({ at, kind, name, detail }: { at: string; kind: string; name: string; detail: Record<string, unknown> }) =>
      `${at.slice(17, 23)} ${kind} ${name}${detail["by"] === undefined ? "" : ` by ${detail["by"]}`}`,
  );
}

test("CTRL-039: an EVO_GO call that is talked on and hung up", async () => {
  const sandbox = testSandbox();
  const id = await dial(sandbox, "evo");
  await sandbox.advance("PT2S");
  await sandbox.api("evo", "POST", `/calls/${id}/play`, { audioUrl: "https://media.example.com/a.wav" });
  await sandbox.api("evo", "GET", `/calls/${id}`);
  await sandbox.api("evo", "POST", `/calls/${id}/terminate`);
  await sandbox.api("evo", "POST", `/calls/${id}/terminate`);
  expect(await story(sandbox)).toEqual([
    "00.000 request startCall",
    "00.000 transition INITIATED by business",
    "00.300 transition RINGING by person",
    "01.000 transition ACCEPTED by person",
    "01.000 person speak",
    "02.000 request playAudio",
    "02.000 media audioRequested",
    "02.000 request getCall",
    "02.000 request terminateCall",
    "02.000 transition COMPLETED by business",
    "02.000 request terminateCall",
  ]);
});

test("CTRL-039: requests name their status, and the ledger entry where they were refused", async () => {
  const sandbox = testSandbox();
  const id = await dial(sandbox, "evo");
  await sandbox.api("evo", "POST", `/calls/${id}/accept`);
  const { entries } = await sandbox.control.getTimeline({ callId: id });
  expect(entries.filter(({ kind }) => kind === "request").map(({ detail }) => detail)).toEqual([
    { method: "POST", path: "/v1/calls", status: 201, behaviour: null },
    { method: "POST", path: `/v1/calls/${id}/accept`, status: 400, behaviour: "CALL-029" },
  ]);
});

test("CTRL-039: an inbound META call that is pre-accepted, accepted and fails", async () => {
  const sandbox = testSandbox();
  const { id } = await sandbox.control.createInboundCall({ to: metaNumber, from: person });
  await sandbox.advance("PT1S");
  await sandbox.api("meta", "POST", `/calls/${id}/pre-accept`, { sdp: answer, sdpType: "answer" });
  await sandbox.advance("PT1S");
  await sandbox.api("meta", "POST", `/calls/${id}/accept`, { sdp: answer, sdpType: "answer" });
  await sandbox.advance("PT1S");
  await sandbox.control.actAsPerson({ callId: id, action: "fail", code: "138021" });
  expect(await story(sandbox, id)).toEqual([
    "00.000 transition RINGING by person",
    "00.000 media sdpProvided",
    "01.000 request preAcceptCall",
    "01.000 media preAccepted by business",
    "02.000 request acceptCall",
    "02.000 transition ACCEPTED by business",
    "02.000 person speak",
    "03.000 transition FAILED",
  ]);
  const { entries } = await sandbox.control.getTimeline({ callId: id });
  expect(entries.at(-1)?.detail).toEqual({ errorCode: "138021", errorMessage: expect.any(String) });
});

test("CTRL-039: a warning about the SDP stands right behind the transition that brought it", async () => {
  const sandbox = testSandbox();
  const actpass = offer.replace(/a=setup:\w+/, "a=setup:actpass");
  await sandbox.api("meta", "POST", "/calls", { to: callable, sdp: actpass, sdpType: "offer" });
  const { entries } = await sandbox.control.getTimeline({ callId: "latest" });
  expect(entries.map(({ kind }) => kind).slice(0, 3)).toEqual(["request", "transition", "warning"]);
  expect(entries[2]?.detail).toMatchObject({
    text: "a=setup:actpass",
    message: expect.any(String),
    remedy: expect.any(String),
  });
});

test("CTRL-039: nobody answers, and the end names the timeout as its cause", async () => {
  const sandbox = testSandbox({ mode: "manual" });
  await dial(sandbox, "evo");
  await sandbox.advance("PT59.999S");
  expect(await story(sandbox)).toHaveLength(2);
  await sandbox.advance("PT0.001S");
  expect((await story(sandbox)).at(-1)).toBe("00.000 transition COMPLETED by timeout");
  await sandbox.control.createInboundCall({ to: evoNumber, from: person });
  await sandbox.advance("PT1M");
  expect((await story(sandbox)).at(-1)).toBe("00.000 transition MISSED by timeout");
});
