import dns, { type LookupAddress } from "node:dns";
import { afterEach, expect, test, vi } from "vitest";
import { happened, placeCall } from "../../evo-go/evo-calls.ts";
import { testSandbox } from "../../support/sandbox.ts";
import { wavFile } from "./fixtures.ts";
import { serveFiles } from "./server.ts";

afterEach(() => vi.restoreAllMocks());

async function play(body: Record<string, string>, options: Parameters<typeof testSandbox>[0] = {}) {
  const sandbox = testSandbox(options);
  const { id } = await placeCall(sandbox);
  return { sandbox, id, answer: await sandbox.api("evo", "POST", `/calls/${id}/play`, body) };
}

/** Has names stand for addresses, and every look-up after the first for others where a second list is given. */
function names(first: readonly string[], later: readonly string[] = first) {
  let asked = 0;
  const addresses = (): LookupAddress[] =>
    (asked++ === 0 ? first : later).map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
  // biome-ignore lint/suspicious/noExplicitAny: the overloads of lookup
  return vi.spyOn(dns, "lookup").mockImplementation(((_host: string, _options: unknown, callback: any) => {
    queueMicrotask(() => callback(null, addresses()));
    // biome-ignore lint/suspicious/noExplicitAny: the overloads of lookup
  }) as any);
}

test.each([
  "127.0.0.1",
  "127.1",
  "127.0.1",
  "2130706433",
  "0x7f000001",
  "0x7f.0x1",
  "0177.0.0.1",
  "017700000001",
  "127.0.0.1.",
  "user@127.0.0.1",
  "example.com@127.0.0.1",
  "127.0.0.1:8080",
  "①②⑦.0.0.1",
  "[::1]",
  "[0:0:0:0:0:0:0:1]",
  "[::ffff:127.0.0.1]",
  "[::ffff:7f00:1]",
  "[::127.0.0.1]",
  "0.0.0.0",
  "0",
  "[::]",
  "10.1.2.3",
  "172.16.0.1",
  "172.31.255.255",
  "192.168.1.1",
  "169.254.169.254",
  "169.254.169.254/latest/meta-data/iam",
  "100.64.0.1",
  "192.0.2.1",
  "198.18.0.1",
  "224.0.0.1",
  "255.255.255.255",
  "[fc00::1]",
  "[fd12:3456::1]",
  "[fe80::1]",
  "[ff02::1]",
  "[64:ff9b::7f00:1]",
  "[2002:7f00:1::]",
  "[2001:db8::1]",
])("MEDIA-PLAY-003: http://%s is refused with 400", async (host) => {
  const { answer, sandbox, id } = await play({
    mediaUrl: `http://${host}/a.mp3`.replace(/(meta-data\/iam)\/a\.mp3/, "$1"),
  });
  expect(answer.status).toBe(400);
  expect(answer.behaviour).toBe("MEDIA-PLAY-003");
  expect(answer.body.code).toBe("VALIDATION_ERROR");
  expect(answer.body.details.issues).toEqual([
    {
      path: "mediaUrl",
      message: "mediaUrl must lead to a public address, and its host is a private or reserved one",
    },
  ]);
  expect(await happened(sandbox, id, "audioQueued")).toEqual([]);
});

test.each(["localhost", "LOCALHOST", "localhost.", "localhost:3000", "api.localhost", "a.b.LocalHost."])(
  "MEDIA-PLAY-004: https://%s is refused by name",
  async (host) => {
    const lookup = names(["93.184.215.14"]);
    const { answer } = await play({ audioUrl: `https://${host}/a.mp3` });
    expect(answer.status).toBe(400);
    expect(answer.behaviour).toBe("MEDIA-PLAY-004");
    expect(answer.body.details.issues).toEqual([
      { path: "audioUrl", message: "audioUrl must lead to a public address, and localhost is this machine itself" },
    ]);
    expect(lookup).not.toHaveBeenCalled();
  },
);

test.each([
  ["a loopback address", ["127.0.0.1"]],
  ["an address for the machine's own network", ["10.0.0.5"]],
  ["the address of a cloud's metadata", ["169.254.169.254"]],
  ["a public and a private address", ["93.184.215.14", "192.168.0.7"]],
  ["a public address and an IPv6 loopback", ["93.184.215.14", "::1"]],
])("MEDIA-PLAY-005: a name that stands for %s is refused with 400", async (_title, addresses) => {
  names(addresses);
  const { answer } = await play({ mediaUrl: "https://files.example.com/a.mp3" });
  expect(answer.status).toBe(400);
  expect(answer.behaviour).toBe("MEDIA-PLAY-005");
  expect(answer.body.details.issues[0].path).toBe("mediaUrl");
});

test("MEDIA-PLAY-014: the refusal is the same whatever is behind the address, and names no address of a name", async () => {
  const server = await serveFiles({ "/a.wav": wavFile(500, 100) });
  const open = await play({ mediaUrl: `${server.url}/a.wav` });
  const closed = await play({ mediaUrl: "http://127.0.0.1:1/a.wav" });
  expect(open.answer.body).toEqual(closed.answer.body);
  expect(server.requests).toEqual([]);
  names(["10.20.30.40"]);
  const named = await play({ mediaUrl: "https://files.example.com/a.mp3" });
  expect(named.answer.body.error).toBe(
    "The body is not valid: mediaUrl must lead to a public address, and its name stands for a private or reserved one. Allow the host with --allow-media-host HOST:PORT, or map the address to a file with --media-fixture.",
  );
  expect(JSON.stringify(named.answer.body)).not.toContain("10.20.30.40");
});

test("MEDIA-PLAY-007, MEDIA-PLAY-001: a name that changes after it was judged leads nowhere", async () => {
  const server = await serveFiles({ "/a.wav": wavFile(500, 100) });
  names(["93.184.215.14"], ["127.0.0.1"]);
  const { sandbox, id, answer } = await play({ mediaUrl: `http://files.example.com:${server.port}/a.wav` });
  expect(answer.status).toBe(200);
  await sandbox.advance("PT0.001S");
  expect(await happened(sandbox, id, "audioFailed")).toEqual([
    {
      url: `http://files.example.com:${server.port}/a.wav`,
      reason: "addressRefused",
      behaviour: "MEDIA-PLAY-007",
      message: "The name stands for a private or reserved address, so nothing was asked of it.",
    },
  ]);
  expect(server.requests).toEqual([]);
});

test("STRICT-016: in a strict world an address that does not resolve and has no fixture is refused", async () => {
  vi.spyOn(dns, "lookup").mockImplementation(((_host: string, _options: unknown, callback: (error: Error) => void) => {
    queueMicrotask(() => callback(Object.assign(new Error("no such name"), { code: "ENOTFOUND" })));
    // biome-ignore lint/suspicious/noExplicitAny: the overloads of lookup
  }) as any);
  const body = { mediaUrl: "https://cdn.example.com/a.wav" };
  const { answer } = await play(body, { strict: true });
  expect(answer.status).toBe(400);
  expect(answer.behaviour).toBe("STRICT-016");
  expect(answer.body.details.issues).toEqual([
    { path: "mediaUrl", message: "mediaUrl must have a name that resolves, or a fixture" },
  ]);
  const mapped = await play(body, { strict: true, mediaFixtures: { "https://cdn.example.com/*": "./audio" } });
  expect(mapped.answer.status).toBe(200);
  const shown = await play({ audioUrl: "https://example.com/greeting.ogg" }, { strict: true });
  expect(shown.answer.status).toBe(200);
  await shown.sandbox.advance("PT2S");
  expect(await happened(shown.sandbox, shown.id, "audioFailed")).toMatchObject([{ reason: "unresolved" }]);
});

test("MEDIA-PLAY-002: a refused address is judged before the answer, also on a call that is not answered yet", async () => {
  const { answer, sandbox, id } = await play({ audioUrl: "http://[::1]/a.mp3" });
  expect(answer.body.details.issues[0].path).toBe("audioUrl");
  const { entries } = await sandbox.control.getTimeline({ callId: id });
  expect(entries.at(-1)).toMatchObject({
    kind: "request",
    name: "playAudio",
    detail: { status: 400, behaviour: "MEDIA-PLAY-003" },
  });
});
