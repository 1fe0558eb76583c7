import { describe, expect, test } from "vitest";
import { callable, offer, type TestSandbox, testSandbox } from "../support/sandbox.ts";
import {
  act,
  call,
  change,
  connectedCall,
  metaNumberId,
  otherStranger,
  probe,
  ring,
  stranger,
  unansweredCall,
} from "./support.ts";

const allow = (sandbox: TestSandbox, ...phones: readonly string[]) =>
  Promise.all(phones.map((phone) => sandbox.control.putContact({ phone, permission: "permanent" })));

const refusal = (status: number, code: number, name: string, behaviour: string) => ({
  status,
  behaviour,
  body: { code: name, details: { meta: { code } } },
});
const callLimit = refusal(400, 138012, "META_CALL_LIMIT", "META-LIMIT-001");
const alreadyRunning = refusal(400, 138003, "META_CALL_ALREADY_IN_PROGRESS", "META-LIMIT-008");

describe("connected calls in 24 hours", () => {
  test("META-LIMIT-001, META-LIMIT-002: the 101st is refused, to whomever", async () => {
    const sandbox = testSandbox();
    await allow(sandbox, stranger);
    for (let nth = 0; nth < 100; nth++) await connectedCall(sandbox, nth % 2 === 0 ? callable : stranger);
    expect(await call(sandbox)).toMatchObject(callLimit);
    expect(await call(sandbox, stranger)).toMatchObject(callLimit);
  });

  test("META-LIMIT-003: counted by pair, another person can still be called", async () => {
    const sandbox = testSandbox();
    await allow(sandbox, stranger);
    await change(sandbox, { limits: { bicScope: "pair", connectedCallsPer24h: 2 } });
    await connectedCall(sandbox);
    await connectedCall(sandbox);
    expect(await call(sandbox)).toMatchObject(callLimit);
    await connectedCall(sandbox, stranger);
    expect((await probe(sandbox, stranger)).body.actions[0].limits[0].current_usage).toBe(1);
    expect((await call(sandbox, stranger)).status).toBe(201);
  });

  test("META-LIMIT-002: counted by number, that person cannot", async () => {
    const sandbox = testSandbox();
    await allow(sandbox, stranger);
    await change(sandbox, { limits: { connectedCallsPer24h: 2 } });
    await connectedCall(sandbox);
    await connectedCall(sandbox);
    expect(await call(sandbox, stranger)).toMatchObject(callLimit);
  });

  test("META-LIMIT-004: unanswered, declined, failed and inbound calls do not count", async () => {
    const sandbox = testSandbox();
    await change(sandbox, { limits: { connectedCallsPer24h: 1 } });
    await unansweredCall(sandbox);
    for (const end of ["reject", "fail"] as const) await act(sandbox, (await call(sandbox)).body.id, end);
    const { id } = await ring(sandbox, callable);
    expect((await sandbox.api("meta", "POST", `/calls/${id}/accept`, { sdp: offer })).status).toBe(200);
    await sandbox.api("meta", "POST", `/calls/${id}/terminate`);
    await connectedCall(sandbox);
    expect(await call(sandbox)).toMatchObject(callLimit);
  });

  test("META-LIMIT-005, META-LIMIT-006: a call stops counting 24 hours after it connected, and the refusal says when", async () => {
    const sandbox = testSandbox();
    await change(sandbox, { limits: { connectedCallsPer24h: 2 } });
    const { body } = await call(sandbox);
    await sandbox.advance("PT5S");
    await sandbox.api("meta", "POST", `/calls/${body.id}/terminate`);
    await sandbox.advance("PT2H");
    await connectedCall(sandbox);
    const refused = await call(sandbox);
    expect(refused).toMatchObject(callLimit);
    expect(refused.body.details.meta.error_data.details).toContain("2026-01-02T00:00:01.000Z");
    await sandbox.advance("PT21H59M55.999S");
    expect(await call(sandbox)).toMatchObject(callLimit);
    await sandbox.advance("PT0.001S");
    expect((await call(sandbox)).status).toBe(201);
  });

  test("META-LIMIT-007: the refusal leaves the permission as it is", async () => {
    const sandbox = testSandbox();
    await change(sandbox, { limits: { connectedCallsPer24h: 0 } });
    const before = (await probe(sandbox)).body.permission;
    for (let nth = 0; nth < 5; nth++) expect(await call(sandbox)).toMatchObject(callLimit);
    expect((await probe(sandbox)).body.permission).toEqual(before);
    expect(before.status).toBe("temporary");
  });
});

describe("a call that is already running", () => {
  test("META-LIMIT-008: in whatever state it is, a second one to the person is refused", async () => {
    const sandbox = testSandbox({ mode: "manual" });
    const { body } = await call(sandbox);
    expect(await call(sandbox)).toMatchObject(alreadyRunning);
    for (const action of ["ring", "answer"] as const) {
      await act(sandbox, body.id, action);
      expect(await call(sandbox)).toMatchObject(alreadyRunning);
    }
  });

  test("META-LIMIT-009: the person's own call counts", async () => {
    const sandbox = testSandbox();
    const { id } = await ring(sandbox, callable);
    expect(await call(sandbox)).toMatchObject(alreadyRunning);
    await sandbox.api("meta", "POST", `/calls/${id}/reject`);
    expect((await call(sandbox)).status).toBe(201);
  });

  test.each(["hang-up", "reject", "fail"] as const)(
    "META-LIMIT-010: after it ended with %s the next one is placed",
    async (end) => {
      const sandbox = testSandbox();
      const { body } = await call(sandbox);
      await act(sandbox, body.id, end);
      expect((await call(sandbox)).status).toBe(201);
    },
  );

  test("META-LIMIT-011: other people and other numbers are free", async () => {
    const sandbox = testSandbox();
    await allow(sandbox, stranger);
    await call(sandbox);
    expect((await call(sandbox, stranger)).status).toBe(201);
    const { key } = await sandbox.control.addNumber({ provider: "META", number: "+551140000099" });
    await allow(sandbox, callable);
    const sent = { headers: { "x-api-key": key }, body: { to: callable, sdp: offer } };
    expect((await sandbox.request("POST", "/v1/calls", sent)).status).toBe(201);
    expect((await sandbox.api("evo", "POST", "/calls", { to: callable })).status).toBe(201);
  });
});

describe("calls at once", () => {
  test("META-LIMIT-012, META-LIMIT-013: beyond 1,000 live calls neither side gets through", async () => {
    const sandbox = testSandbox({ mode: "manual" });
    const numberId = metaNumberId(sandbox);
    const persons = { script: null, sdp: null, deeplinkPayload: null, ctaPayload: null };
    for (let nth = 0; nth < 1_000; nth++) {
      const received = sandbox.world.dispatch({
        type: "callBusiness",
        numberId,
        from: `55117${1_000_000 + nth}`,
        ...persons,
      });
      expect(received.ok).toBe(true);
    }
    expect(await call(sandbox)).toMatchObject(refusal(429, 138002, "META_CONCURRENT_CALL_LIMIT", "META-LIMIT-012"));
    const inbound = ring(sandbox, otherStranger);
    await expect(inbound).rejects.toMatchObject({ code: "INBOUND_CALL_NOT_POSSIBLE", status: 409 });
    await sandbox.control.actAsPerson({ callId: "latest", action: "hang-up" });
    expect((await call(sandbox)).status).toBe(201);
  });

  test("META-LIMIT-013: a call that never reached the business is in no list", async () => {
    const sandbox = testSandbox();
    await change(sandbox, { limits: { concurrentCalls: 0 } });
    await expect(ring(sandbox)).rejects.toMatchObject({ behaviour: "CTRL-022" });
    expect((await sandbox.api("meta", "GET", "/calls")).body.calls).toEqual([]);
  });
});

describe("attempts in 24 hours", () => {
  const rateLimit = refusal(429, 138005, "META_CALL_RATE_LIMIT", "META-LIMIT-014");

  test("META-LIMIT-014: the 10,001st is refused, until the first is 24 hours old", { timeout: 60_000 }, async () => {
    const sandbox = testSandbox({ mode: "manual" });
    await allow(sandbox, callable);
    const numberId = metaNumberId(sandbox);
    const to = callable.slice(1);
    for (let nth = 0; nth < 10_000; nth++) {
      const started = sandbox.world.dispatch({
        type: "startCall",
        numberId,
        to,
        sdp: offer,
        bizOpaqueCallbackData: null,
      });
      const callId = started.ok ? started.events.find((event) => event.type === "call.started")?.callId : undefined;
      if (callId === undefined) throw new Error(`attempt ${nth} was refused`);
      sandbox.world.dispatch({ type: "actAsPerson", callId, action: { do: "fail", code: null }, step: null });
    }
    expect(await call(sandbox)).toMatchObject(rateLimit);
    await sandbox.advance("PT23H59M59.999S");
    expect(await call(sandbox)).toMatchObject(rateLimit);
    await sandbox.advance("PT0.001S");
    expect((await call(sandbox)).status).toBe(201);
  });

  test("META-LIMIT-015: unanswered and answered ones count, refused and inbound ones do not", async () => {
    const sandbox = testSandbox();
    await change(sandbox, { limits: { newCallsPer24h: 2 } });
    expect((await call(sandbox, stranger)).status).toBe(400);
    expect((await call(sandbox, callable, { sdp: "v=0" })).status).toBe(400);
    await act(sandbox, (await ring(sandbox, stranger)).id, "hang-up");
    await unansweredCall(sandbox);
    await connectedCall(sandbox);
    expect(await call(sandbox)).toMatchObject(rateLimit);
  });
});
