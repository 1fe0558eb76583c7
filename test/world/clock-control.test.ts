import { expect, test } from "vitest";
import { type TestSandbox, testSandbox } from "../support/sandbox.ts";

const person = "+5511988887777";
const clock = (sandbox: TestSandbox, method: string, path: string, body?: unknown) =>
  sandbox.request(method, `/_sandbox/worlds/default/clock${path}`, { body });

async function started(sandbox: TestSandbox): Promise<string> {
  return (await sandbox.api("evo", "POST", "/calls", { to: person })).body.id;
}

test("CLOCK-001: a world's clock reads real or virtual, with the world's time", async () => {
  const sandbox = testSandbox();
  expect((await clock(sandbox, "GET", "")).body).toEqual({ mode: "virtual", now: "2026-01-01T00:00:00.000Z" });
  const other = await sandbox.control.createWorld({ id: "other" });
  expect(other.id).toBe("other");
  expect((await sandbox.request("GET", "/_sandbox/worlds/other/clock")).body.mode).toBe("real");
});

test("CLOCK-001: people, ring timeouts, permissions and tokens all wait on the world's clock", async () => {
  const sandbox = testSandbox();
  await sandbox.control.putContact({ phone: person, script: "no-answer", permission: "temporary" });
  const id = await started(sandbox);
  const { body: session } = await sandbox.api("evo", "POST", `/calls/${id}/realtime-session`);
  expect(session.expiresInSeconds).toBe(120);
  await sandbox.advance("P7D");
  expect((await sandbox.api("evo", "GET", `/calls/${id}`)).body.endedAt).toBe("2026-01-01T00:01:00.000Z");
  const { body: probe } = await sandbox.api("meta", "GET", "/calls/permissions?to=5511988887777");
  expect(probe.permission).toEqual({ status: "no_permission" });
});

test("CLOCK-002: a virtual clock stands still until it is advanced", async () => {
  const sandbox = testSandbox();
  const id = await started(sandbox);
  for (let count = 0; count < 5; count++) {
    await new Promise((resolve) => setImmediate(resolve));
    expect((await sandbox.api("evo", "GET", `/calls/${id}`)).body.status).toBe("INITIATED");
  }
  expect((await clock(sandbox, "GET", "")).body.now).toBe("2026-01-01T00:00:00.000Z");
});

test("CLOCK-005: ringing, answer and hang-up all happen within one advance", async () => {
  const sandbox = testSandbox();
  await sandbox.api("evo", "POST", "/calls", { to: "+5511900000001" });
  const { body } = await clock(sandbox, "POST", "/advance", { by: "PT6S" });
  expect(body).toEqual({ mode: "virtual", now: "2026-01-01T00:00:06.000Z", fired: 4 });
  expect((await sandbox.api("evo", "GET", "/calls")).body.calls[0].status).toBe("COMPLETED");
});

test.each([
  ["PT24H", "2026-01-02T00:00:00.000Z"],
  ["P7D", "2026-01-08T00:00:00.000Z"],
  ["P1W", "2026-01-08T00:00:00.000Z"],
  ["PT1.5S", "2026-01-01T00:00:01.500Z"],
  ["PT0.001S", "2026-01-01T00:00:00.001Z"],
  ["P1DT2H3M4S", "2026-01-02T02:03:04.000Z"],
  ["PT90M", "2026-01-01T01:30:00.000Z"],
])("CLOCK-006: an advance by %s leads to %s", async (by, now) => {
  const sandbox = testSandbox();
  const { status, body } = await clock(sandbox, "POST", "/advance", { by });
  expect(status).toBe(200);
  expect(body).toEqual({ mode: "virtual", now, fired: 0 });
});

test.each(["PT0S", "P0D", "-PT1S", "PT-1S", "1h", "P", "PT", "P1M", "P1Y", "", 60, null, "PT1H ", "P1DT"])(
  "CLOCK-007: an advance by %j is refused with 400 VALIDATION_ERROR",
  async (by) => {
    const sandbox = testSandbox();
    const refused = await clock(sandbox, "POST", "/advance", { by });
    expect(refused.status).toBe(400);
    expect(refused.body.code).toBe("VALIDATION_ERROR");
    expect(refused.body.details.issues[0].path).toBe("by");
    expect((await clock(sandbox, "GET", "")).body.now).toBe("2026-01-01T00:00:00.000Z");
  },
);

test("CLOCK-008: advancing a real clock is refused with 409 CLOCK_NOT_VIRTUAL", async () => {
  const sandbox = testSandbox({ clock: "real" });
  const refused = await clock(sandbox, "POST", "/advance", { by: "PT1S" });
  expect(refused.status).toBe(409);
  expect(refused.body.code).toBe("CLOCK_NOT_VIRTUAL");
});

test("CLOCK-009: switching to virtual keeps the world's time unless now is given", async () => {
  const sandbox = testSandbox({ clock: "real", now: "2030-05-01T00:00:00Z" });
  const stopped = await clock(sandbox, "PUT", "", { mode: "virtual" });
  const now = Date.parse(stopped.body.now);
  expect(now - Date.parse("2030-05-01T00:00:00Z")).toBeGreaterThanOrEqual(0);
  expect(now - Date.parse("2030-05-01T00:00:00Z")).toBeLessThan(60_000);
  expect((await clock(sandbox, "GET", "")).body).toEqual(stopped.body);
  const moved = await clock(sandbox, "PUT", "", { mode: "virtual", now: "2031-01-01" });
  expect(moved.body).toEqual({ mode: "virtual", now: "2031-01-01T00:00:00.000Z" });
});

test.each(["2025-12-31T23:59:59.999Z", "2025-12-31", "2026-01-01T00:00:00+01:00"])(
  "CLOCK-010: the now %s lies in the past and is refused with 400 CLOCK_GOES_BACKWARDS",
  async (now) => {
    const sandbox = testSandbox();
    const refused = await clock(sandbox, "PUT", "", { mode: "virtual", now });
    expect(refused.status).toBe(400);
    expect(refused.body.code).toBe("CLOCK_GOES_BACKWARDS");
    expect((await clock(sandbox, "GET", "")).body.now).toBe("2026-01-01T00:00:00.000Z");
  },
);

test("CLOCK-011: a now that lies ahead fires everything that falls due on the way", async () => {
  const sandbox = testSandbox();
  const { body } = await sandbox.api("evo", "POST", "/calls", { to: "+5511900000001" });
  expect((await clock(sandbox, "PUT", "", { mode: "virtual", now: "2026-02-01" })).status).toBe(200);
  expect((await sandbox.api("evo", "GET", `/calls/${body.id}`)).body).toMatchObject({
    status: "COMPLETED",
    connectedAt: "2026-01-01T00:00:01.000Z",
    endedAt: "2026-01-01T00:00:06.000Z",
  });
});

test("CLOCK-012: a now for a real clock is refused with 400 VALIDATION_ERROR", async () => {
  const sandbox = testSandbox();
  const refused = await clock(sandbox, "PUT", "", { mode: "real", now: "2027-01-01" });
  expect(refused.status).toBe(400);
  expect(refused.body).toMatchObject({
    code: "VALIDATION_ERROR",
    details: { issues: [{ path: "now", message: "now can't be set together with the other fields" }] },
  });
  expect((await clock(sandbox, "GET", "")).body.mode).toBe("virtual");
});

test("CLOCK-013: going back to real continues from the world's time, however far that is from the machine's", async () => {
  const sandbox = testSandbox();
  await clock(sandbox, "PUT", "", { mode: "virtual", now: "2099-01-01" });
  const { body } = await clock(sandbox, "PUT", "", { mode: "real" });
  expect(body.mode).toBe("real");
  const ahead = Date.parse(body.now) - Date.parse("2099-01-01");
  expect(ahead).toBeGreaterThanOrEqual(0);
  expect(ahead).toBeLessThan(60_000);
});

test.each(["fake", "Virtual", "", null, 1])(
  "CLOCK-014: the mode %j is refused with 400 VALIDATION_ERROR",
  async (mode) => {
    const sandbox = testSandbox();
    const refused = await clock(sandbox, "PUT", "", { mode });
    expect(refused.status).toBe(400);
    expect(refused.body.code).toBe("VALIDATION_ERROR");
    expect(refused.body.details.issues).toContainEqual({
      path: "mode",
      message: expect.stringMatching(/^mode must be one of real, virtual, but was /),
    });
  },
);

test.each(["2026-02-30", "2026-13-01", "2027-01-01T25:00:00Z", "tomorrow", "1767225600000"])(
  "the now %s is no instant and is refused with 400 VALIDATION_ERROR",
  async (now) => {
    const sandbox = testSandbox();
    const refused = await clock(sandbox, "PUT", "", { mode: "virtual", now });
    expect(refused.status).toBe(400);
    expect(refused.body).toMatchObject({ code: "VALIDATION_ERROR", details: { issues: [{ path: "now" }] } });
  },
);

test("CLOCK-015: every instant in an answer is the world's time", async () => {
  const sandbox = testSandbox({ now: "1999-12-31T23:59:58Z" });
  const id = await started(sandbox);
  await sandbox.advance("PT2S");
  const { body: call } = await sandbox.api("evo", "GET", `/calls/${id}`);
  expect(call).toMatchObject({
    startedAt: "1999-12-31T23:59:58.000Z",
    createdAt: "1999-12-31T23:59:58.000Z",
    connectedAt: "1999-12-31T23:59:59.000Z",
  });
  const answers = [
    await sandbox.request("GET", "/_sandbox/worlds/default"),
    await sandbox.request("GET", "/_sandbox/worlds/default/requests"),
    await sandbox.request("GET", `/_sandbox/worlds/default/calls/${id}/timeline`),
    await sandbox.api("evo", "GET", "/numbers"),
    await sandbox.api("evo", "GET", "/calls"),
  ];
  const instants = answers.flatMap(({ body }) => JSON.stringify(body).match(/\d{4}-\d{2}-\d{2}T[0-9:.]+Z/g) ?? []);
  expect(instants.length).toBeGreaterThan(15);
  expect(instants.filter((instant) => !/^(1999-12-31|2000-01-01)T/.test(instant))).toEqual([]);
});

test("CLOCK-018: the clock of one world doesn't move that of another", async () => {
  const sandbox = testSandbox();
  const { keys } = await sandbox.control.createWorld({ id: "other", clock: "virtual", now: "2026-01-01" });
  const headers = { "x-api-key": keys.evo };
  const { body } = await sandbox.request("POST", "/v1/calls", { headers, body: { to: person } });
  await sandbox.advance("P1D");
  expect((await sandbox.control.getClock({ w: "other" })).now).toBe("2026-01-01T00:00:00.000Z");
  expect((await sandbox.request("GET", `/v1/calls/${body.id}`, { headers })).body.status).toBe("INITIATED");
  await sandbox.control.advanceClock({ w: "other", by: "PT2S" });
  expect((await sandbox.request("GET", `/v1/calls/${body.id}`, { headers })).body.status).toBe("ACCEPTED");
  expect((await sandbox.control.getClock()).now).toBe("2026-01-02T00:00:00.000Z");
});
