import { expect, test } from "vitest";
import { testSandbox } from "../support/sandbox.ts";
import { callNow, course, dial, person, ring } from "./calls.ts";

const providers = ["meta", "evo"] as const;

test.each(providers)("PEOPLE-001: on %s any number can be called, and its person follows answer", async (key) => {
  const sandbox = testSandbox();
  for (const to of ["+5511988887777", "+4915112345678", "+81312345678"]) {
    const id = await dial(sandbox, key, to);
    await sandbox.advance("PT2S");
    expect((await callNow(sandbox, key, id)).status).toBe("ACCEPTED");
  }
});

test.each(providers)("PEOPLE-002: on %s the phone rings 0.3 s after the call was placed", async (key) => {
  const sandbox = testSandbox();
  const id = await dial(sandbox, key, person);
  await sandbox.advance("PT0.299S");
  expect((await callNow(sandbox, key, id)).status).toBe("INITIATED");
  await sandbox.advance("PT0.001S");
  expect(await callNow(sandbox, key, id)).toMatchObject({ status: "RINGING", updatedAt: "2026-01-01T00:00:00.300Z" });
});

test.each(providers)("PEOPLE-003: on %s answer picks up after 1 s, talks in turns and stays", async (key) => {
  const sandbox = testSandbox();
  const id = await dial(sandbox, key, person);
  await sandbox.advance("P7D");
  expect(await course(sandbox, id)).toEqual(["0 INITIATED", "0.3 RINGING", "1 ACCEPTED", "1 speak turns"]);
  await sandbox.api(key, "POST", `/calls/${id}/terminate`);
  expect((await callNow(sandbox, key, id)).status).toBe("COMPLETED");
});

test.each(providers)(
  "PEOPLE-004: on %s hang-up answers, hangs up after 5 s and leaves a duration of 5",
  async (key) => {
    const sandbox = testSandbox();
    await sandbox.control.putContact({ phone: person, script: "hang-up" });
    const id = await dial(sandbox, key, person);
    await sandbox.advance("PT1M");
    expect(await course(sandbox, id)).toEqual([
      "0 INITIATED",
      "0.3 RINGING",
      "1 ACCEPTED",
      "1 speak turns",
      "6 COMPLETED",
    ]);
    expect(await callNow(sandbox, key, id)).toMatchObject({ status: "COMPLETED", durationSeconds: 5 });
  },
);

test.each(providers)("PEOPLE-005: on %s reject lets the phone ring and declines", async (key) => {
  const sandbox = testSandbox();
  await sandbox.control.putContact({ phone: person, script: "reject" });
  const id = await dial(sandbox, key, person);
  await sandbox.advance("PT1M");
  expect(await course(sandbox, id)).toEqual(["0 INITIATED", "0.3 RINGING", "1 REJECTED"]);
  expect(await callNow(sandbox, key, id)).toMatchObject({
    status: "REJECTED",
    connectedAt: null,
    durationSeconds: null,
  });
});

test.each(providers)("PEOPLE-006: on %s no-answer rings until the timeout and ends COMPLETED", async (key) => {
  const sandbox = testSandbox();
  await sandbox.control.putContact({ phone: person, script: "no-answer" });
  const id = await dial(sandbox, key, person);
  await sandbox.advance("PT2M");
  expect(await course(sandbox, id)).toEqual(["0 INITIATED", "0.3 RINGING", "60 COMPLETED"]);
  expect(await callNow(sandbox, key, id)).toMatchObject({ connectedAt: null, durationSeconds: null, errorCode: null });
});

test.each(providers)("PEOPLE-007: on %s busy never answers and ends the call COMPLETED", async (key) => {
  const sandbox = testSandbox();
  await sandbox.control.putContact({ phone: person, script: "busy" });
  const id = await dial(sandbox, key, person);
  await sandbox.advance("PT1M");
  expect(await course(sandbox, id)).toEqual(["0 INITIATED", "1 COMPLETED"]);
  expect(await callNow(sandbox, key, id)).toMatchObject({ connectedAt: null, durationSeconds: null, errorCode: null });
});

test.each([
  ["PEOPLE-008", "meta", "138019"],
  ["PEOPLE-009", "evo", "UNREACHABLE"],
] as const)("%s: on %s unreachable ends the call FAILED with %s", async (_id, key, errorCode) => {
  const sandbox = testSandbox();
  await sandbox.control.putContact({ phone: person, script: "unreachable" });
  const id = await dial(sandbox, key, person);
  await sandbox.advance("PT1M");
  expect(await callNow(sandbox, key, id)).toMatchObject({
    status: "FAILED",
    errorCode,
    errorMessage: expect.stringMatching(/\.$/),
    connectedAt: null,
    durationSeconds: null,
  });
});

test.each(providers)("PEOPLE-013: a caller waits while %s rings, as long as it takes", async (key) => {
  const sandbox = testSandbox();
  const id = await ring(sandbox, key, person);
  await sandbox.advance("PT59.999S");
  expect(await course(sandbox, id)).toEqual(["0 RINGING"]);
});

test.each(providers)(
  "PEOPLE-013: a caller of %s gives up when the script says so, and the call is MISSED",
  async (key) => {
    const sandbox = testSandbox();
    const id = await ring(sandbox, key, person, "reject");
    await sandbox.advance("PT1S");
    expect(await course(sandbox, id)).toEqual(["0 RINGING", "1 MISSED"]);
    expect(await callNow(sandbox, key, id)).toMatchObject({ connectedAt: null, durationSeconds: null });
  },
);

test("a caller whose script hangs up does so 5 s after the business accepted", async () => {
  const sandbox = testSandbox();
  const id = await ring(sandbox, "evo", person, "hang-up");
  await sandbox.advance("PT7S");
  await sandbox.api("evo", "POST", `/calls/${id}/accept`);
  await sandbox.advance("PT1M");
  expect(await course(sandbox, id)).toEqual(["0 RINGING", "7 ACCEPTED", "7 speak turns", "12 COMPLETED"]);
});

test("PEOPLE-035: nobody hangs up and nothing fails by itself", async () => {
  const sandbox = testSandbox();
  const outbound = [await dial(sandbox, "meta", person), await dial(sandbox, "evo", person)];
  const inbound = await ring(sandbox, "evo", "+5511977776666");
  await sandbox.api("evo", "POST", `/calls/${inbound}/accept`);
  await sandbox.advance("P30D");
  expect((await callNow(sandbox, "meta", outbound[0] ?? "")).status).toBe("ACCEPTED");
  expect((await callNow(sandbox, "evo", outbound[1] ?? "")).status).toBe("ACCEPTED");
  expect((await callNow(sandbox, "evo", inbound)).status).toBe("ACCEPTED");
  expect(sandbox.clock.waiting).toBe(0);
});
