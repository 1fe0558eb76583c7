import { expect, test } from "vitest";
import { testSandbox } from "../support/sandbox.ts";
import { callNow, course, dial, person, ring } from "./calls.ts";

test("PEOPLE-031: in a manual world only the ring timeout runs", async () => {
  const sandbox = testSandbox({ mode: "manual" });
  const outbound = await dial(sandbox, "evo", "+5511900000002");
  const inbound = await ring(sandbox, "evo", person, "reject");
  await sandbox.advance("PT59S");
  expect(await course(sandbox, outbound)).toEqual(["0 INITIATED"]);
  expect(await course(sandbox, inbound)).toEqual(["0 RINGING"]);
  await sandbox.advance("PT1S");
  expect(await course(sandbox, outbound)).toEqual(["0 INITIATED", "60 COMPLETED"]);
  expect(await course(sandbox, inbound)).toEqual(["0 RINGING", "60 MISSED"]);
});

test("PEOPLE-031: nobody replies to a permission request either", async () => {
  const sandbox = testSandbox({ mode: "manual" });
  await sandbox.api("meta", "POST", "/calls/permissions/request", { to: person });
  await sandbox.advance("PT1H");
  const { body } = await sandbox.api("meta", "GET", "/calls/permissions?to=5511988887777");
  expect(body.permission).toEqual({ status: "no_permission" });
});

test("PEOPLE-031: people do what the control API says", async () => {
  const sandbox = testSandbox({ mode: "manual" });
  const callId = await dial(sandbox, "evo", person);
  const { control } = sandbox;
  expect((await control.actAsPerson({ callId, action: "ring" })).status).toBe("RINGING");
  await sandbox.advance("PT10S");
  expect((await control.actAsPerson({ callId, action: "answer" })).status).toBe("ACCEPTED");
  await sandbox.advance("P1D");
  expect((await callNow(sandbox, "evo", callId)).status).toBe("ACCEPTED");
  expect(await control.actAsPerson({ callId, action: "hang-up" })).toMatchObject({
    status: "COMPLETED",
    durationSeconds: 86_400,
  });
});

test("PEOPLE-032: people act again once the world is scripted, and go on where they are", async () => {
  const sandbox = testSandbox({ mode: "manual" });
  const callId = await dial(sandbox, "evo", "+5511900000001");
  await sandbox.control.actAsPerson({ callId, action: "answer" });
  await sandbox.advance("PT2S");
  expect((await sandbox.control.updateWorld({ mode: "scripted" })).mode).toBe("scripted");
  await sandbox.advance("PT10S");
  expect(await course(sandbox, callId)).toEqual([
    "0 INITIATED",
    "0 RINGING",
    "0 ACCEPTED",
    "2 speak turns",
    "7 COMPLETED",
  ]);
});

test("PEOPLE-031, PEOPLE-032: switching back and forth stops and starts people in the middle of a call", async () => {
  const sandbox = testSandbox();
  const callId = await dial(sandbox, "evo", "+5511900000001");
  await sandbox.advance("PT2S");
  await sandbox.control.updateWorld({ mode: "manual" });
  await sandbox.advance("PT1H");
  expect((await callNow(sandbox, "evo", callId)).status).toBe("ACCEPTED");
  await sandbox.control.updateWorld({ mode: "scripted" });
  await sandbox.advance("PT0.001S");
  expect((await callNow(sandbox, "evo", callId)).status).toBe("COMPLETED");
});
