import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { Crm } from "../../../contracts/consumers/crm/crm.ts";
import { receiver } from "../../../contracts/consumers/crm/receiver.ts";
import { Softphone } from "../../../contracts/consumers/support-softphone/softphone.ts";
import { repeating } from "../../../contracts/consumers/voice-agent/audio.ts";
import { CallsApi } from "../../../contracts/consumers/voice-agent/calls-api.ts";
import { callAndTalk } from "../../../contracts/consumers/voice-agent/voice-agent.ts";
import { listenHttp } from "../../../mock/doors/http.ts";
import { listenMedia } from "../../../mock/doors/media-host.ts";
import type { SandboxOptions } from "../../../mock/sandbox-options.ts";
import { answer, keys, offer, type TestSandbox, testSandbox } from "../../support/sandbox.ts";
import { secrets } from "../../webhooks/receiver.ts";
import { hasPython, python } from "./support/python.ts";

const program = (name: string) => fileURLToPath(new URL(`../../../contracts/consumers/${name}`, import.meta.url));

/** A sandbox on a port, as the programs are pointed at one. */
async function served(options: SandboxOptions = {}): Promise<TestSandbox & { readonly url: string }> {
  const sandbox = testSandbox(options);
  const { url, close } = await listenHttp(sandbox, { host: "127.0.0.1", port: 0, overrideGlobalObjects: false });
  onTestFinished(close);
  return { ...sandbox, url };
}

test("CLIENT-031: the order dialler runs against the sandbox", async () => {
  const { url } = await served();
  const folder = await mkdtemp(join(tmpdir(), "calls-sandbox-offer-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, "offer.sdp"), offer);
  const dial = async (phone: string) => {
    const args = [program("order-dialler/main.ts"), "order-42", phone, join(folder, "offer.sdp")];
    const env = { ...process.env, CALLS_URL: url, CALLS_KEY: keys.meta };
    const { stdout } = await promisify(execFile)(process.execPath, args, { env, timeout: 20_000 });
    return JSON.parse(stdout);
  };
  expect(await dial("+5511999999999")).toEqual({ outcome: "calling", callId: expect.stringMatching(/^call_/) });
  expect(await dial("+5511977776666")).toMatchObject({ outcome: "asked" });
  expect(await dial("+5511977776666")).toEqual({ outcome: "waiting for permission" });
});

test("CLIENT-031: the support softphone runs against the sandbox", async () => {
  const sandbox = await served();
  const ring = (from: string) => sandbox.control.createInboundCall({ to: "551140000001", from });
  const [first, second] = [await ring("+5511988887777"), await ring("+5511988886666")];
  const softphone = new Softphone(sandbox.url, keys.meta, async () => answer);
  expect((await softphone.waiting()).map(({ id }) => id)).toEqual([first.id, second.id]);
  expect(await softphone.take(first.id)).toBe("talking");
  expect(await softphone.take(first.id)).toBe("taken");
  expect(await softphone.decline(second.id)).toBe("declined");
  expect(await softphone.decline(second.id)).toBe("gone");
});

test("CLIENT-031: the voice agent talks to a person of the sandbox", async () => {
  // A conversation is in real time.
  const sandbox = await served({ clock: "real" });
  const media = await listenMedia(sandbox, { host: "127.0.0.1", port: 0 });
  onTestFinished(() => media.close());
  const converse = (wsUrl: string) => repeating(180)(wsUrl.replace("127.0.0.1:4011", `127.0.0.1:${media.port}`));
  const errand = { to: "+5511988887777", greeting: "https://cdn.example.com/hello.mp3", converse };
  expect(await callAndTalk(new CallsApi(sandbox.url, keys.evo), errand)).toBe("talked");
  const { client } = await sandbox.control.getMedia({ callId: "latest" });
  expect(client.frames).toBeGreaterThan(0);
});

test("CLIENT-031: the CRM hears of the sandbox's calls, and of nothing that is not signed", async () => {
  const crm = new Crm();
  const server = receiver(crm, secrets);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const hook = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const sandbox = await served({ webhooks: [hook] });
  await sandbox.control.createInboundCall({ to: "551140000001", from: "+5511988887777" });
  await sandbox.advance("PT60S");
  expect(crm.activitiesOf("5511988887777").map(({ text }) => text)).toEqual(
    expect.arrayContaining(["calls us", "allows calls", "called and was not answered: call back"]),
  );
  expect(crm.metaRecords.map(({ what }) => what)).toEqual(["connect", "terminate"]);
  const forged = await fetch(hook, { method: "POST", body: '{"event":"call.missed","peerNumber":"1"}' });
  expect(forged.status).toBe(401);
  expect(crm.activitiesOf("1")).toEqual([]);
});

test.skipIf(!hasPython)("CLIENT-031: the Python reporter runs against the sandbox", async () => {
  const sandbox = await served();
  for (const to of ["+5511900000002", "+5511900000003", "+5511900000004"]) {
    await sandbox.api("evo", "POST", "/calls", { to });
  }
  await sandbox.advance("PT2M");
  const report = await python(program("python-reporter/report.py"), [sandbox.url, "--page-size", "2"], {
    CALLS_KEY: keys.evo,
  });
  expect(report.stdout.split("\n")).toEqual([
    "OUTBOUND COMPLETED     1",
    "OUTBOUND FAILED        1",
    "OUTBOUND REJECTED      1",
    "3 calls",
    "",
  ]);
});
