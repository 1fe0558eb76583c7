import { describe, expect, test } from "vitest";
import { answer, offer, testSandbox } from "../support/sandbox.ts";
import { desk, person, type Side } from "./shared/side.ts";
import { callSuite } from "./shared-suite.ts";

const meta: Side = {
  provider: "META",
  key: "meta",
  business: "551140000001",
  startBody: { sdp: offer },
  acceptBody: { sdp: answer },
  permit: (sandbox, phone) => sandbox.control.putContact({ phone, permission: "permanent" }),
  differences: {
    externalCallId: /^wacid\.[A-Za-z0-9+/]+={0,2}$/,
    actions: { ringing: ["pre-accept", "accept", "reject", "terminate"], live: ["terminate"] },
    unreachable: { errorCode: "138019" },
  },
};

callSuite(meta);

describe("the session descriptions of a META call", () => {
  const sdpOf = async ({ api }: ReturnType<typeof desk>, id: string, value = "1") =>
    (await api("GET", `/calls/${id}?includeSdp=${value}`)).body;

  test.each(["1", "true"])("CALL-GET-004, CALL-GET-005: includeSdp=%s adds both", async (value) => {
    const at = desk(meta, { mode: "manual" });
    const call = await sdpOf(at, await at.start(), value);
    expect(Object.keys(call)).toHaveLength(18);
    expect(call).toMatchObject({ status: "INITIATED", sdpOffer: offer, sdpAnswer: expect.stringMatching(/^v=0\r\n/) });
  });

  test("CALL-GET-007: a ringing inbound call has Meta's offer and no answer", async () => {
    const at = desk(meta, { mode: "manual" });
    const call = await sdpOf(at, await at.ring());
    expect(call.sdpOffer).toMatch(/^v=0\r\n.*\r\na=setup:actpass\r\n/s);
    expect(call.sdpAnswer).toBeNull();
  });

  test("CALL-GET-008: an outbound call has Meta's answer before the person picks up", async () => {
    const at = desk(meta, { mode: "manual" });
    const id = await at.start();
    const early = await sdpOf(at, id);
    expect(early.sdpAnswer).toMatch(/\r\na=setup:passive\r\n/);
    await at.person(id, "answer");
    expect(await sdpOf(at, id)).toMatchObject({ status: "ACCEPTED", sdpOffer: offer, sdpAnswer: early.sdpAnswer });
  });

  test("CALL-GET-009: an accepted inbound call has the answer that it was accepted with", async () => {
    const at = desk(meta, { mode: "manual" });
    const id = await at.ring();
    const { sdpOffer } = await sdpOf(at, id);
    await at.accept(id);
    expect(await sdpOf(at, id)).toMatchObject({ status: "ACCEPTED", sdpOffer, sdpAnswer: answer });
  });

  test("CALL-GET-010: a pre-accepted call has the early answer while it still rings", async () => {
    const at = desk(meta, { mode: "manual" });
    const id = await at.ring();
    expect((await at.api("POST", `/calls/${id}/pre-accept`, { sdp: answer })).body).toEqual({
      success: true,
      id,
      status: "RINGING",
    });
    expect(await sdpOf(at, id)).toMatchObject({ status: "RINGING", connectedAt: null, sdpAnswer: answer });
  });

  test("CALL-GET-013: comes back byte for byte", async () => {
    const unusual = offer
      .replace("s=-", "s=Ünïcödé ✓ \u{1F4DE}")
      .replace("cname:Zt6mWq1yHc8RkX3v", "cname:a\\b\"c/{}<>&'")
      .replace("a=sendrecv\r\n", "a=sendrecv\r\na=x-own:  two  blanks \r\n");
    const at = desk(meta, { mode: "manual" });
    const call = await sdpOf(at, await at.start(person, { sdp: unusual }));
    expect(call.sdpOffer).toBe(unusual);
  });

  test("CALL-GET-012: only those of the 1,000 calls that ended last are kept", async () => {
    const at = desk(meta, { mode: "manual" });
    const open = await at.ring("+5511988880000");
    const ids: string[] = [];
    for (let count = 0; count < 1_001; count++) {
      const id = await at.ring();
      await at.person(id, "hang-up");
      ids.push(id);
    }
    const [oldest, second, newest] = await Promise.all(
      [ids[0], ids[1], ids.at(-1), open].map((id) => sdpOf(at, id ?? "")),
    );
    expect(oldest).toMatchObject({ status: "MISSED", sdpOffer: null, sdpAnswer: null });
    expect(second.sdpOffer).toMatch(/^v=0/);
    expect(newest.sdpOffer).toMatch(/^v=0/);
    expect((await sdpOf(at, open)).sdpOffer).toMatch(/^v=0/);
  });
});

describe("the last permitted call, placed twice at once", () => {
  const placeTwice = async (limits: Record<string, number>, phones: readonly [string, string]) => {
    const sandbox = testSandbox();
    await sandbox.control.updateNumber({ id: meta.business, limits });
    for (const phone of phones) await meta.permit(sandbox, phone);
    const answers = await Promise.all(phones.map((to) => sandbox.api("meta", "POST", "/calls", { to, sdp: offer })));
    const { calls } = (await sandbox.api("meta", "GET", "/calls")).body;
    expect(calls).toHaveLength(1);
    return answers.map(({ status, body }) => `${status} ${body.code ?? body.status}`).sort();
  };
  const two: readonly [string, string] = ["+5511988880001", "+5511988880002"];

  test("META-LIMIT-017: the last of the calls at once", async () => {
    expect(await placeTwice({ concurrentCalls: 1 }, two)).toEqual(["201 INITIATED", "429 META_CONCURRENT_CALL_LIMIT"]);
  });

  test("META-LIMIT-017: the last of the calls in a day", async () => {
    expect(await placeTwice({ newCallsPer24h: 1 }, two)).toEqual(["201 INITIATED", "429 META_CALL_RATE_LIMIT"]);
  });

  test("META-LIMIT-018: two calls to one person", async () => {
    expect(await placeTwice({}, [person, person])).toEqual(["201 INITIATED", "400 META_CALL_ALREADY_IN_PROGRESS"]);
  });
});
