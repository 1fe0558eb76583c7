import { expect, test } from "vitest";
import { testSandbox } from "../support/sandbox.ts";

test("CALL-016: starting a call answers 201 with both ids and INITIATED", async () => {
  const sandbox = testSandbox();
  const started = await sandbox.api("evo", "POST", "/calls", { to: "+5511900000001" });
  expect(started.status).toBe(201);
  expect(started.body).toEqual({
    id: expect.stringMatching(/^call_[0-9A-HJKMNP-TV-Z]{26}$/),
    externalCallId: expect.stringMatching(/^[0-9A-F]{32}$/),
    status: "INITIATED",
  });
});

test("PEOPLE-004, PEOPLE-014: +5511900000001 answers, hangs up after 5 s, and leaves a duration of 5", async () => {
  const sandbox = testSandbox();
  const { body: started } = await sandbox.api("evo", "POST", "/calls", { to: "+5511900000001" });
  await sandbox.advance("PT6S");
  const { body: call } = await sandbox.api("evo", "GET", `/calls/${started.id}`);
  expect(call).toMatchObject({ status: "COMPLETED", durationSeconds: 5, connectedAt: "2026-01-01T00:00:01.000Z" });
});
