import { expect, test } from "vitest";
import { answer, callable, offer, type TestSandbox, testSandbox } from "../support/sandbox.ts";
import { call, flat, type Hooked, hooked, native, numbers, ring, settled, subscribe } from "./hooked.ts";
import { receiver } from "./receiver.ts";

const start = Date.parse("2026-01-01T00:00:00.000Z") / 1_000;
const after = (seconds: number) => String(start + seconds);
const calls = (sandbox: Hooked) => native(sandbox.hook).flatMap((value) => value.calls ?? []);
const statuses = (sandbox: Hooked) => native(sandbox.hook).flatMap((value) => value.statuses ?? []);
const sdpOf = async (sandbox: TestSandbox, id: string) =>
  (await sandbox.api("meta", "GET", `/calls/${id}?includeSdp=1`)).body;

test("HOOK-NATIVE-001: a subscription to calls receives Meta's envelopes on META, and on EVO_GO the name is dropped", async () => {
  const sandbox = testSandbox();
  const hook = await receiver();
  await subscribe(sandbox, "meta", hook.url, ["calls"]);
  const onEvo = await subscribe(sandbox, "evo", hook.url, ["calls", "call.missed"]);
  expect(onEvo.events).toEqual(["call.missed"]);
  await call(sandbox, "meta");
  await call(sandbox, "evo");
  await sandbox.advance("PT2S");
  expect(hook.names()).toEqual(["calls", "calls", "calls"]);
});

test("HOOK-NATIVE-002, HOOK-NATIVE-003, HOOK-NATIVE-005, HOOK-NATIVE-006: the connect of an outbound call has Meta's answer, while the phone still rings", async () => {
  const sandbox = await hooked({ mode: "manual" });
  const id = await call(sandbox, "meta", callable, "order-42");
  await settled(sandbox);
  const read = await sdpOf(sandbox, id);
  expect(read.status).toBe("INITIATED");
  expect(sandbox.hook.received.map(({ body }) => body)).toEqual([
    {
      object: "whatsapp_business_account",
      entry: [
        {
          id: expect.stringMatching(/^\d{15}$/),
          changes: [
            {
              field: "calls",
              value: {
                messaging_product: "whatsapp",
                metadata: {
                  display_phone_number: numbers.meta,
                  phone_number_id: expect.stringMatching(/^\d{15}$/),
                },
                contacts: [{ wa_id: "5511999999999" }],
                calls: [
                  {
                    id: read.externalCallId,
                    from: numbers.meta,
                    to: "5511999999999",
                    event: "connect",
                    timestamp: after(0),
                    direction: "BUSINESS_INITIATED",
                    biz_opaque_callback_data: "order-42",
                    session: { sdp_type: "answer", sdp: read.sdpAnswer },
                  },
                ],
              },
            },
          ],
        },
      ],
    },
  ]);
  expect(read.sdpAnswer).toMatch(/^v=0\r\n/);
});

test("HOOK-NATIVE-004, HOOK-NATIVE-007, HOOK-NATIVE-034: the connect of an inbound call has the person's offer, name and link", async () => {
  const sandbox = await hooked();
  await sandbox.control.putContact({ phone: "+5511988887777", name: "Ana" });
  const { id, externalCallId } = await ring(sandbox, "meta", { deeplinkPayload: "campaign-7", ctaPayload: "buy" });
  await settled(sandbox);
  const [value] = native(sandbox.hook);
  expect(value.contacts).toEqual([{ profile: { name: "Ana" }, wa_id: "5511988887777" }]);
  expect(value.calls).toEqual([
    {
      id: externalCallId,
      from: "5511988887777",
      to: numbers.meta,
      event: "connect",
      timestamp: after(0),
      direction: "USER_INITIATED",
      deeplink_payload: "campaign-7",
      cta_payload: "buy",
      session: { sdp_type: "offer", sdp: (await sdpOf(sandbox, id)).sdpOffer },
    },
  ]);
  await sandbox.advance("PT60S");
  expect(calls(sandbox).at(-1)).toMatchObject({
    event: "terminate",
    deeplink_payload: "campaign-7",
    cta_payload: "buy",
  });
});

test("HOOK-NATIVE-034: without a link there is no payload", async () => {
  const sandbox = await hooked();
  await ring(sandbox, "meta", { sdp: offer });
  await settled(sandbox);
  const [connect] = calls(sandbox);
  expect(connect).toMatchObject({ event: "connect", session: { sdp: offer } });
  expect(Object.keys(connect).filter((key) => key.endsWith("_payload"))).toEqual([]);
});

test("HOOK-NATIVE-008, HOOK-NATIVE-009: contacts can be left out of an outbound connect, and the SDP repeated, by option", async () => {
  const sandbox = await hooked({ metaWithoutContacts: true, metaLegacyConnection: true });
  await call(sandbox, "meta");
  await ring(sandbox, "meta");
  await settled(sandbox);
  const [outbound, inbound] = native(sandbox.hook).filter((value) => value.calls?.[0].event === "connect");
  expect(Object.keys(outbound)).not.toContain("contacts");
  expect(outbound.calls[0].connection).toEqual({ webrtc: { sdp: outbound.calls[0].session.sdp } });
  expect(inbound.contacts).toHaveLength(1);
});

test("HOOK-NATIVE-010, HOOK-NATIVE-011, HOOK-NATIVE-013, HOOK-NATIVE-021: an outbound call sends RINGING and ACCEPTED as statuses", async () => {
  const sandbox = await hooked();
  const id = await call(sandbox, "meta", callable, "order-42");
  await sandbox.advance("PT1S");
  const { externalCallId } = await sdpOf(sandbox, id);
  const common = {
    id: externalCallId,
    type: "call",
    recipient_id: "5511999999999",
    biz_opaque_callback_data: "order-42",
  };
  expect(statuses(sandbox)).toEqual([
    { ...common, status: "RINGING", timestamp: after(0) },
    { ...common, status: "ACCEPTED", timestamp: after(1) },
  ]);
  for (const value of native(sandbox.hook).filter((each) => each.statuses)) expect(value.calls).toBeUndefined();
});

test("HOOK-NATIVE-012: a declined call sends REJECTED and then a terminate", async () => {
  const sandbox = await hooked();
  await sandbox.control.putContact({ phone: callable, script: "reject" });
  await call(sandbox, "meta");
  await sandbox.advance("PT2S");
  const said = native(sandbox.hook).map(
    ({ statuses: [status] = [{}], calls: [one] = [{}] }) => status.status ?? one.event,
  );
  expect(said).toEqual(["connect", "RINGING", "REJECTED", "terminate"]);
  expect(calls(sandbox).at(-1)).toMatchObject({ status: "COMPLETED" });
});

test("HOOK-NATIVE-014: an inbound call sends connect and terminate, and no status", async () => {
  const sandbox = await hooked();
  const { id } = await ring(sandbox, "meta");
  await sandbox.api("meta", "POST", `/calls/${id}/accept`, { sdp: answer });
  await sandbox.advance("PT1S");
  await sandbox.api("meta", "POST", `/calls/${id}/terminate`);
  await settled(sandbox);
  expect(calls(sandbox).map(({ event }) => event)).toEqual(["connect", "terminate"]);
  expect(statuses(sandbox)).toEqual([]);
});

test("HOOK-NATIVE-015, HOOK-NATIVE-017, HOOK-NATIVE-018, HOOK-NATIVE-019, HOOK-NATIVE-021: terminate of an answered call tells when and how long", async () => {
  const sandbox = await hooked();
  const id = await call(sandbox, "meta", callable, "order-42");
  await sandbox.advance("PT57.9S");
  await sandbox.api("meta", "POST", `/calls/${id}/terminate`);
  await settled(sandbox);
  expect(calls(sandbox).at(-1)).toMatchObject({
    event: "terminate",
    status: "COMPLETED",
    timestamp: after(57),
    start_time: after(1),
    end_time: after(57),
    duration: 56,
    biz_opaque_callback_data: "order-42",
  });
});

test("HOOK-NATIVE-016, HOOK-NATIVE-017: terminate of an unanswered call is COMPLETED too, without any of the three", async () => {
  const sandbox = await hooked();
  await sandbox.control.putContact({ phone: callable, script: "no-answer" });
  await call(sandbox, "meta");
  await sandbox.advance("PT60S");
  const terminate = calls(sandbox).at(-1);
  expect(terminate).toMatchObject({ event: "terminate", status: "COMPLETED" });
  expect(Object.keys(terminate).filter((key) => /time$|duration/.test(key))).toEqual([]);
});

test("HOOK-NATIVE-015, HOOK-NATIVE-020: terminate of a failed call has Meta's error beside the call", async () => {
  const sandbox = await hooked();
  await sandbox.control.putContact({ phone: "+5511900138021", permission: "permanent" });
  await call(sandbox, "meta", "+5511900138021");
  await sandbox.advance("PT3S");
  const value = native(sandbox.hook).at(-1);
  expect(value.calls[0]).toMatchObject({ event: "terminate", status: "FAILED", start_time: after(1), duration: 1 });
  expect(value.errors).toEqual([
    {
      code: 138021,
      message: expect.any(String),
      href: expect.stringMatching(/^https:\/\//),
      error_data: { details: expect.any(String) },
    },
  ]);
  expect(flat(sandbox.hook, "call.ended")[0].errorMessage).toBe(value.errors[0].error_data.details);
});

test("HOOK-NATIVE-031: without a payment method the connect of an inbound call comes with 131044", async () => {
  const sandbox = await hooked();
  const { body: mine } = await sandbox.api("meta", "GET", "/numbers");
  await sandbox.control.updateNumber({ id: mine[0].id, paymentMethod: false });
  const { id } = await ring(sandbox, "meta");
  await settled(sandbox);
  const [value] = native(sandbox.hook);
  expect(value.calls[0]).toMatchObject({ event: "connect", direction: "USER_INITIATED" });
  expect(value.errors).toMatchObject([{ code: 131044 }]);
  expect((await sdpOf(sandbox, id)).status).toBe("RINGING");
});

test("HOOK-NATIVE-035: of each transition Meta's own leaves before the gateway's: connect, ringing, connected, ended", async () => {
  const sandbox = await hooked();
  await sandbox.control.putContact({ phone: callable, script: "hang-up" });
  await call(sandbox, "meta");
  await sandbox.advance("PT10S");
  expect(sandbox.hook.names()).toEqual([
    "calls",
    "calls",
    "call.ringing",
    "calls",
    "call.connected",
    "calls",
    "call.ended",
  ]);
});
