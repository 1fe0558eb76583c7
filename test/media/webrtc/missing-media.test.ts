import { expect, test, vi } from "vitest";
import { RtcpRrPacket } from "werift";
import { webRtcDefaults } from "../../../mock/media/webrtc/options.ts";
import type { TestSandbox } from "../../support/sandbox.ts";
import { answeredCall, heardOf, patient, placeCall, rtcSandbox, SoftPhone } from "./client.ts";

const host = "127.0.0.1";
const missing = { status: "FAILED", errorCode: "138021" };

/** The call as it is, and as it is once it has failed. */
const call = async (sandbox: TestSandbox, id: string) => (await sandbox.api("meta", "GET", `/calls/${id}`)).body;
const failed = (sandbox: TestSandbox, id: string) =>
  vi.waitFor(async () => expect(await call(sandbox, id)).toMatchObject(missing), patient);

test("MEDIA-RTC-013: a client that sends nothing from the start is cut off, after 20 s unless told otherwise", async () => {
  expect(webRtcDefaults.noMediaAtStartMs).toBe(20_000);
  const sandbox = rtcSandbox({ webrtc: { host, noMediaAtStartMs: 250, noMediaLaterMs: 60_000 } });
  const { id, phone } = await answeredCall(sandbox);
  phone.withoutReports();
  await failed(sandbox, id);
  expect(await heardOf(sandbox, id, "clientMediaMissing")).toEqual({ waitedMs: 250 });
});

test("MEDIA-RTC-014, MEDIA-RTC-017: a client that stops or vanishes is cut off, after 30 s unless told otherwise", async () => {
  expect(webRtcDefaults.noMediaLaterMs).toBe(30_000);
  const sandbox = rtcSandbox({ webrtc: { host, noMediaAtStartMs: 60_000, noMediaLaterMs: 600 } });
  const { id, phone } = await answeredCall(sandbox);
  phone.say("1000/1000");
  await heardOf(sandbox, id, "firstAudioOfClient");
  expect(await call(sandbox, id)).toMatchObject({ status: "ACCEPTED" });
  await phone.close();
  await failed(sandbox, id);
  expect(await heardOf(sandbox, id, "clientMediaMissing")).toEqual({ waitedMs: 600 });
});

test("MEDIA-RTC-015: RTCP alone keeps the call alive", async () => {
  const sandbox = rtcSandbox({ webrtc: { host, noMediaAtStartMs: 600, noMediaLaterMs: 600 } });
  const { id, phone } = await answeredCall(sandbox);
  const [transport] = phone.peer.dtlsTransports;
  const reports = setInterval(() => transport?.sendRtcp([new RtcpRrPacket({ ssrc: 4_711, reports: [] })]), 50);
  await sandbox.clock.sleep(1_500);
  expect(await call(sandbox, id)).toMatchObject({ status: "ACCEPTED" });
  clearInterval(reports);
  phone.withoutReports();
  await failed(sandbox, id);
});

test("MEDIA-RTC-016: a client that never connected is not cut off", async () => {
  const sandbox = rtcSandbox({ webrtc: { host, noMediaAtStartMs: 50, noMediaLaterMs: 50 } });
  const { id } = await placeCall(sandbox, await new SoftPhone().offer());
  await sandbox.control.actAsPerson({ callId: id, action: "answer" });
  await sandbox.clock.sleep(300);
  expect(await call(sandbox, id)).toMatchObject({ status: "ACCEPTED" });
});

test("MEDIA-RTC-016: nobody is cut off on a virtual clock", async () => {
  const sandbox = rtcSandbox({ clock: "virtual" });
  const { id } = await answeredCall(sandbox);
  await sandbox.advance("PT120S");
  expect(await call(sandbox, id)).toMatchObject({ status: "ACCEPTED" });
});

test("MEDIA-RTC-021: with both waits at 0 nobody is ever cut off", async () => {
  const waits = async (webrtc: { noMediaAtStartMs: number; noMediaLaterMs: number }) => {
    const sandbox = rtcSandbox({ webrtc: { host, ...webrtc } });
    await answeredCall(sandbox);
    return sandbox.clock.waiting;
  };
  const off = await waits({ noMediaAtStartMs: 0, noMediaLaterMs: 0 });
  const on = await waits({ noMediaAtStartMs: 20_000, noMediaLaterMs: 30_000 });
  expect(on - off).toBe(1);
});
