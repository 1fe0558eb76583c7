import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, onTestFinished, test, vi } from "vitest";
import { parseRealtimeChoice } from "../../mock/doors/cli/realtime-flag.ts";
import { listenHttp } from "../../mock/doors/http.ts";
import { listenMedia } from "../../mock/doors/media-host.ts";
import type { RealtimeOptions } from "../../mock/realtime-options.ts";
import { type Findings, type ProbeSettings, probe } from "../../scripts/probe/probe.ts";
import { choicesFrom, report } from "../../scripts/probe/report.ts";
import { keys, testSandbox } from "../support/sandbox.ts";

vi.setConfig({ testTimeout: 30_000 });

const script = new URL("../../scripts/probe-realtime.ts", import.meta.url).pathname;

/** A call that somebody answered, behind real ports and on the real clock. */
async function answeredCall(realtime: Partial<RealtimeOptions>) {
  const sandbox = testSandbox({ clock: "real", mode: "manual", realtime });
  const door = await listenHttp(sandbox, { host: "127.0.0.1", port: 0, overrideGlobalObjects: false });
  const media = await listenMedia(sandbox, { host: "127.0.0.1", port: 0 });
  onTestFinished(() => door.close());
  onTestFinished(() => media.close());
  const callId: string = (await sandbox.api("evo", "POST", "/calls", { to: "+5511977776666" })).body.id;
  await sandbox.control.actAsPerson({ callId, action: "answer" });
  const hangUp = () => sandbox.control.actAsPerson({ callId, action: "hang-up" });
  return { callId, api: door.url, hangUp };
}

/** Probes a sandbox with these options; the person hangs up when the probe asks for it. */
async function probed(realtime: Partial<RealtimeOptions>, more: Partial<ProbeSettings> = {}): Promise<Findings> {
  const { callId, api, hangUp } = await answeredCall(realtime);
  const settings: ProbeSettings = {
    api,
    key: keys.evo,
    callId,
    listenSeconds: 0.8,
    waitSeconds: 10,
    burst: false,
    text: false,
    closeFirst: false,
    ...more,
  };
  const hangingUp: Promise<unknown>[] = [];
  const found = await probe(settings, (line) => {
    if (line.includes("hang up")) hangingUp.push(hangUp());
  });
  await Promise.all(hangingUp);
  return found;
}

test("the probe finds the defaults of the sandbox", async () => {
  const found = await probed({}, { burst: true, text: true, closeFirst: true });
  expect(choicesFrom(found)).toEqual({
    sampleRate: 16_000,
    frameMs: 60,
    silence: "send",
    greeting: "none",
    pingSeconds: 0,
    badToken: 401,
    callGone: 404,
    clientText: "ignore",
    hangUpOnTalkClose: false,
    callEnd: "close",
  });
  expect(found).toMatchObject({ protocol: "", extensions: "", afterBurst: "open", statusAtStart: "ACCEPTED" });
  expect(found.frames).toMatchObject({ bytes: 1_920, otherSizes: 0 });
  expect(found.hangUp).toEqual({ code: 1000, reason: "call ended" });
});

test("the probe finds other readings, and its report gives the line that makes the sandbox behave so", async () => {
  const chosen = {
    sampleRate: 8_000,
    frameMs: 20,
    greeting: "hello",
    badToken: 4001,
    callGone: 4004,
    callEnd: "abrupt",
    pingSeconds: 0.2,
  } as const;
  const found = await probed(chosen);
  const line = /^calls-sandbox serve (.*)$/m.exec(report(found, []))?.[1] ?? "";
  const read = line.split("--realtime ").slice(1).map(parseRealtimeChoice);
  expect(Object.assign({}, ...read)).toEqual({ ...chosen, silence: "send" });
});

test("the probe sees a socket that closes on text, and a call that ends with its socket", async () => {
  const rude = await probed({ clientText: "close", clientOverflow: "close" }, { text: true });
  expect(choicesFrom(rude)).toMatchObject({ clientText: "close", callEnd: "close" });
  const owner = await probed({ hangUpOnTalkClose: true }, { closeFirst: true });
  expect(choicesFrom(owner)).toMatchObject({ hangUpOnTalkClose: true });
  expect(choicesFrom(owner)).not.toHaveProperty("callEnd");
});

test("the report names no key, token, call, host or number, also when the service's own words do", async () => {
  const found = await probed({});
  const { token, wsUrl } = found.session;
  const telling = { ...found, hangUp: { code: 1000, reason: `bye +5511977776666 ${token}` } };
  const text = report(telling, [token]);
  const named = new URL(wsUrl).pathname.split("/").slice(-2);
  for (const secret of [token, ...named, keys.evo, "127.0.0.1", "5511977776666"]) expect(text).not.toContain(secret);
  expect(text).toContain(" ws://{host}/call/media/realtime/ws/{…}/{…}?token={token}\n");
  expect(text).toContain(' closed with 1000 "bye {digits} {redacted}"');
});

test("what the sandbox can't do is said instead of a line that would be refused", async () => {
  const found = await probed({});
  const odd = { ...found, replay: { kind: "refused", status: 403 } } as const;
  expect(report(odd, [])).toContain("can't do yet, worth an issue: badToken=403");
  expect(report(odd, [])).not.toContain("--realtime badToken");
});

const run = (...args: string[]) =>
  promisify(execFile)(process.execPath, [script, ...args], { env: { ...process.env, CALLS_API_KEY: "" } }).then(
    ({ stdout }) => ({ code: 0, stdout, stderr: "" }),
    ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({ code, stdout, stderr }),
  );

test("without --yes nothing is opened and the plan is told; a missing or wrong option is named", async () => {
  const asked = ["--api", "http://127.0.0.1:1", "--key", "ps_x", "--call", "call_1"];
  const refused = await run(...asked, "--burst");
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain("20 s of a quiet tone");
  expect(refused.stderr).toContain("--yes");
  const nobody = await run(...asked, "--yes");
  expect(nobody).toMatchObject({ code: 1, stderr: expect.stringContaining("GET /calls/{callId} got no answer") });
  expect(await run("--api", "x", "--call", "c", "--key", "k")).toMatchObject({ code: 2 });
  const keyless = await run("--api", "http://127.0.0.1:1", "--call", "call_1", "--yes");
  expect(keyless).toMatchObject({ code: 2, stderr: expect.stringContaining("--key is missing") });
  const help = await run("--help");
  expect(help).toMatchObject({ code: 0, stdout: expect.stringContaining("--burst") });
});
