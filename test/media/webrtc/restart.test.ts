import { expect, test, vi } from "vitest";
import { Journal } from "../../../mock/journal/index.ts";
import { temporaryDirectory } from "../../journal/support.ts";
import type { TestSandbox } from "../../support/sandbox.ts";
import { answeredCall, heardOf, patient, placeCall, rtcSandbox, SoftPhone } from "./client.ts";

const host = "127.0.0.1";
const status = async (sandbox: TestSandbox, id: string) => (await sandbox.api("meta", "GET", `/calls/${id}`)).body;
const failed = (sandbox: TestSandbox, id: string) =>
  vi.waitFor(
    async () => expect(await status(sandbox, id)).toMatchObject({ status: "FAILED", errorCode: "138021" }),
    patient,
  );

test("MEDIA-RTC-022: a call that outlives its connection in a restart says so, and ends as if nothing came any more", async () => {
  const directory = temporaryDirectory();
  const first = rtcSandbox({ archive: new Journal(directory) });
  const { id, phone } = await answeredCall(first);
  phone.say("1000/1000");
  await first.close();

  const webrtc = { host, noMediaAtStartMs: 60_000, noMediaLaterMs: 300 };
  const second = rtcSandbox({ archive: new Journal(directory), webrtc });
  expect(await status(second, id)).toMatchObject({ status: "ACCEPTED" });
  expect(await heardOf(second, id, "peerLost")).toEqual({ message: expect.stringContaining("Hang up and call again") });
  expect(await second.control.getMedia({ callId: id })).toMatchObject({ peer: null });
  await failed(second, id);
  expect(await heardOf(second, id, "clientMediaMissing")).toEqual({ waitedMs: 300 });
});

test("MEDIA-RTC-022: a call that still rang is given its wait after the answer", async () => {
  const directory = temporaryDirectory();
  const first = rtcSandbox({ archive: new Journal(directory) });
  const { id } = await placeCall(first, await new SoftPhone().offer());
  await first.close();

  const webrtc = { host, noMediaAtStartMs: 300, noMediaLaterMs: 60_000 };
  const second = rtcSandbox({ archive: new Journal(directory), webrtc });
  await second.clock.sleep(400);
  expect(await status(second, id)).toMatchObject({ status: "INITIATED" });
  await second.control.actAsPerson({ callId: id, action: "answer" });
  await failed(second, id);
});

test("MEDIA-RTC-022: on a virtual clock a call without its connection goes on, also from a snapshot", async () => {
  const sandbox = rtcSandbox({ clock: "virtual" });
  const { id } = await answeredCall(sandbox);
  const snapshot = await sandbox.control.getSnapshot();
  await sandbox.control.putSnapshot(snapshot);
  expect(await heardOf(sandbox, id, "peerLost")).toBeDefined();
  await sandbox.advance("PT120S");
  expect(await status(sandbox, id)).toMatchObject({ status: "ACCEPTED" });
  expect((await sandbox.api("meta", "POST", `/calls/${id}/terminate`)).body.status).toBe("COMPLETED");
});
