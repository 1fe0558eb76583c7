import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { Journal } from "../../../mock/journal/journal.ts";
import { AllowedHosts, isAllowedHost } from "../../../mock/media/play/allowed-hosts.ts";
import { createSandbox } from "../../../mock/sandbox.ts";
import { cli, port0, serving, temporary } from "../../doors/cli-process.ts";
import { placeCall } from "../../evo-go/evo-calls.ts";
import { testSandbox } from "../../support/sandbox.ts";
import { wavFile } from "./fixtures.ts";
import { serveFiles } from "./server.ts";

vi.setConfig({ testTimeout: 60_000 });

test.each([
  ["127.0.0.1:9000", "http://127.0.0.1:9000/a", true],
  ["127.0.0.1:9000", "http://127.1:9000/a", true],
  ["127.0.0.1:9000", "http://127.0.0.1:9001/a", false],
  ["127.0.0.1:9000", "http://127.0.0.1/a", false],
  ["127.0.0.1", "https://127.0.0.1:9001/a", true],
  ["files.internal:80", "http://FILES.internal/a", true],
  ["files.internal:80", "https://files.internal/a", false],
  ["files.internal:443", "https://files.internal./a", true],
  ["files.internal", "http://other.files.internal/a", false],
  ["localhost:3000", "http://localhost:3000/a", true],
  ["[::1]:9000", "http://[0:0::1]:9000/a", true],
  ["[::1]", "http://[::2]/a", false],
])("MEDIA-PLAY-011: allowing %s decides on %s", (entry, url, allowed) => {
  expect(isAllowedHost(entry)).toBe(true);
  expect(new AllowedHosts([entry]).has(new URL(url))).toBe(allowed);
});

test.each([
  [{ allowMediaHosts: ["http://127.0.0.1"] }, "allowMediaHosts"],
  [{ allowMediaHosts: ["a/b"] }, "allowMediaHosts"],
  [{ allowMediaHosts: ["host:123456"] }, "allowMediaHosts"],
  [{ allowMediaHosts: ["user@host"] }, "allowMediaHosts"],
  [{ allowMediaHosts: [""] }, "allowMediaHosts"],
  [{ mediaFixtures: { "cdn.example.com/*": "./audio" } }, "mediaFixtures"],
  [{ mediaFixtures: { "https://cdn.example.com/*": "" } }, "mediaFixtures"],
])("WORLD-029: %j is no option", (options, name) => {
  expect(() => createSandbox(options)).toThrow(`The option ${name} must be`);
});

test("EVO-PLAY-009, MEDIA-PLAY-018: a file that waits for the answer is played after a restart as well", async () => {
  const server = await serveFiles({ "/a": wavFile(1_000, 600) });
  const directory = temporary();
  const options = { allowMediaHosts: [`127.0.0.1:${server.port}`] };
  const before = testSandbox({ ...options, archive: new Journal(directory) });
  const { id } = await placeCall(before);
  await before.api("evo", "POST", `/calls/${id}/play`, { mediaUrl: `${server.url}/a` });
  await before.close();
  const after = testSandbox({ ...options, archive: new Journal(directory) });
  await after.advance("PT3S");
  const media = await after.control.getMedia({ callId: id });
  expect(media.client).toMatchObject({ dominantHz: [1_000], firstAudioAt: "2026-01-01T00:00:01.060Z" });
});

test("MEDIA-PLAY-011, MEDIA-PLAY-012: the command line takes fixtures and hosts, several of each", async () => {
  const server = await serveFiles({ "/a": wavFile(1_000, 960) });
  const folder = temporary();
  writeFileSync(join(folder, "hello.wav"), wavFile(1_400, 960));
  const fixtures = ["https://cdn.example.com/*=/nowhere", `https://x.example.com/?a=b&c=*=${folder}`];
  const { ready } = await serving([
    ...port0,
    "--clock=virtual",
    ...fixtures.flatMap((fixture) => ["--media-fixture", fixture]),
    ...["example.net", `127.0.0.1:${server.port}`].flatMap((host) => ["--allow-media-host", host]),
  ]);
  // biome-ignore lint/suspicious/noExplicitAny: a parsed answer in a test
  const send = async (path: string, body?: unknown): Promise<{ status: number; body: any }> => {
    const answer = await fetch(ready.apiUrl + path, {
      method: body === undefined ? "GET" : "POST",
      headers: { "x-api-key": ready.keys["evo"] ?? "", "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: await answer.json() };
  };
  const { body: call } = await send("/v1/calls", { to: "+5511988887777" });
  await send("/_sandbox/worlds/default/clock/advance", { by: "PT1S" });
  for (const mediaUrl of [`${server.url}/a`, "https://x.example.com/?a=b&c=hello.wav"]) {
    expect((await send(`/v1/calls/${call.id}/play`, { mediaUrl })).status).toBe(200);
    await send("/_sandbox/worlds/default/clock/advance", { by: "PT1.02S" });
  }
  const { body: media } = await send("/_sandbox/worlds/default/calls/latest/media");
  expect(media.client.dominantHz).toEqual([1_000, 1_400]);
});

test.each([
  [["--media-fixture", "cdn.example.com=./audio"], "https://cdn.example.com/*=./audio"],
  [["--media-fixture", "https://cdn.example.com/*"], "https://cdn.example.com/*=./audio"],
  [["--allow-media-host", "http://127.0.0.1"], "127.0.0.1:9000"],
])("%j says what it takes", async (args, hint) => {
  const { ended, stderr } = cli(["serve", ...port0, ...args]);
  expect(await ended).not.toBe(0);
  expect(stderr()).toContain(hint);
});
