import { createBrotliCompress, deflateSync, gzipSync, constants as zlib } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import { AllowedHosts } from "../../../mock/media/play/allowed-hosts.ts";
import { download } from "../../../mock/media/play/download.ts";
import { Fixtures } from "../../../mock/media/play/fixtures.ts";
import { Guard } from "../../../mock/media/play/guard.ts";
import { playLimits } from "../../../mock/media/play/options.ts";
import { allClosed, type FileServer, type Route, redirect, serveFiles } from "./server.ts";

const file = new TextEncoder().encode("RIFF and so on");

/** A server that may be fetched from, and no other, with the way to fetch from it. */
async function reachable(routes: Record<string, Route>, limits: Partial<typeof playLimits> = {}) {
  const server = await serveFiles(routes);
  const allowed = new AllowedHosts([`127.0.0.1:${server.port}`]);
  const control = new AbortController();
  const redirected: (readonly [number, string])[] = [];
  const fetchFrom = (path: string) =>
    download(new URL(path, server.url), {
      allowed,
      guard: new Guard(allowed, new Fixtures({})),
      limits: { ...playLimits, ...limits },
      signal: control.signal,
      redirected: (status, to) => redirected.push([status, to.href]),
    });
  onTestFinished(() => control.abort());
  return { server, fetchFrom, redirected, control };
}

/** A failed download leaves no connection behind. */
async function expectClosed(server: FileServer) {
  await allClosed(server);
  expect(server.open.size).toBe(0);
}

test("MEDIA-PLAY-001, MEDIA-PLAY-011: a file is fetched from an allowed host, whatever its content type says", async () => {
  const { server, fetchFrom } = await reachable({ "/a.wav?b=1": file });
  const { bytes, complete } = await fetchFrom("/a.wav?b=1");
  expect(Buffer.from(bytes).toString()).toBe("RIFF and so on");
  expect(complete).toBe(true);
  await expectClosed(server);
});

test.each([301, 302, 303, 307, 308])("a redirect with %i is followed and told", async (status) => {
  const { server, fetchFrom, redirected } = await reachable({ "/a": redirect(status, "/b"), "/b": file });
  expect((await fetchFrom("/a")).bytes.length).toBe(file.length);
  expect(redirected).toEqual([[status, `${server.url}/b`]]);
});

test.each([
  "http://127.0.0.1:1/",
  "http://localhost/",
  "http://2130706433/",
  "http://[::1]/",
  "http://[::ffff:127.0.0.1]/",
  "http://0.0.0.0/",
  "http://10.0.0.1/",
  "https://192.168.0.1/",
  "http://169.254.169.254/latest/meta-data/",
  "http://[64:ff9b::7f00:1]/",
  "//127.0.0.1/",
  "file:///etc/passwd",
  "data:audio/wav;base64,UklGRg==",
  "ftp://127.0.0.1/",
  "gopher://127.0.0.1/",
  "http://",
])("MEDIA-PLAY-006: a redirect to %s is not followed", async (location) => {
  const { server, fetchFrom } = await reachable({ "/a": redirect(302, location) });
  await expect(fetchFrom("/a")).rejects.toMatchObject({ reason: "redirectRefused", behaviour: "MEDIA-PLAY-006" });
  expect(server.requests).toEqual(["/a"]);
  await expectClosed(server);
});

test("MEDIA-PLAY-006: the last of several redirects is judged like the first", async () => {
  const { fetchFrom } = await reachable({
    "/a": redirect(301, "/b"),
    "/b": redirect(308, "/c"),
    "/c": redirect(307, "http://127.0.0.2/"),
  });
  await expect(fetchFrom("/a")).rejects.toMatchObject({ reason: "redirectRefused" });
});

test("MEDIA-PLAY-008: five redirects are followed, and the sixth ends the download", async () => {
  const routes = Object.fromEntries([0, 1, 2, 3, 4, 5].map((hop) => [`/${hop}`, redirect(302, `/${hop + 1}`)]));
  const { server, fetchFrom } = await reachable({ ...routes, "/6": file });
  expect((await fetchFrom("/1")).complete).toBe(true);
  await expect(fetchFrom("/0")).rejects.toMatchObject({ reason: "tooManyRedirects", behaviour: "MEDIA-PLAY-008" });
  await expectClosed(server);
});

test("MEDIA-PLAY-008: a redirect to itself ends", async () => {
  const { server, fetchFrom } = await reachable({ "/a": redirect(302, "/a") });
  await expect(fetchFrom("/a")).rejects.toMatchObject({ reason: "tooManyRedirects" });
  expect(server.requests.length).toBe(6);
});

const endless: Route = (_request, response) => {
  const more = () => {
    while (!response.destroyed && response.write(Buffer.alloc(65_536)));
  };
  response.on("drain", more);
  more();
};

const bomb = gzipSync(Buffer.alloc(40 * 2 ** 20));
const packedAs =
  (encoding: string, body: Uint8Array): Route =>
  (_request, response) =>
    response.writeHead(200, { "content-encoding": encoding }).end(body);

test.each([
  ["an endless body", endless],
  ["a body of one byte too many", Buffer.alloc(16 * 2 ** 20 + 1)],
  ["a gzip bomb", packedAs("gzip", bomb)],
  ["a bomb in deflate", packedAs("deflate", deflateSync(Buffer.alloc(40 * 2 ** 20)))],
  ["a bomb in brotli", brotliBomb()],
])("MEDIA-PLAY-009: %s ends the download at 16 MB", async (_title, route) => {
  const { server, fetchFrom } = await reachable({ "/a": route });
  await expect(fetchFrom("/a")).rejects.toMatchObject({ reason: "tooLarge", behaviour: "MEDIA-PLAY-009" });
  await expectClosed(server);
});

test("a body of exactly 16 MB is taken", async () => {
  const { fetchFrom } = await reachable({ "/a": Buffer.alloc(16 * 2 ** 20) });
  expect((await fetchFrom("/a")).bytes.length).toBe(16 * 2 ** 20);
});

test.each([
  ["gzip", gzipSync(file)],
  ["deflate", deflateSync(file)],
  ["identity", file],
])("a body that is packed with %s is unpacked", async (encoding, body) => {
  const { fetchFrom } = await reachable({ "/a": packedAs(encoding, body) });
  expect(Buffer.from((await fetchFrom("/a")).bytes).toString()).toBe("RIFF and so on");
});

test.each([
  ["a head that never comes", () => undefined],
  ["a body that stops", (_request, response) => response.write(file)],
  [
    "a redirect to a head that never comes",
    (request, response) => request.url === "/a" && response.writeHead(302, { location: "/b" }).end(),
  ],
] as readonly (readonly [string, Exclude<Route, Uint8Array>])[])(
  "MEDIA-PLAY-010: %s is given up",
  async (_title, route) => {
    const { server, fetchFrom } = await reachable({ "/a": route, "/b": () => undefined }, { downloadMs: 150 });
    await expect(fetchFrom("/a")).rejects.toMatchObject({ reason: "tooSlow", behaviour: "MEDIA-PLAY-010" });
    await expectClosed(server);
  },
);

test("MEDIA-PLAY-010: the limit is 15 s", () => {
  expect(playLimits).toEqual({ bytes: 16_777_216, downloadMs: 15_000, redirects: 5, seconds: 600 });
});

test.each([
  ["404", (_request, response) => response.writeHead(404).end("no"), "status"],
  ["500", (_request, response) => response.writeHead(500).end("no"), "status"],
  ["304 without a reason", (_request, response) => response.writeHead(304).end(), "status"],
  ["401", (_request, response) => response.writeHead(401).end(), "status"],
  ["an encoding that nobody knows", packedAs("exotic", file), "encoding"],
  ["a connection that is cut", (_request, response) => response.socket?.destroy(), "unreachable"],
  ["something that is no HTTP", (_request, response) => response.socket?.end("220 ftp ready\r\n"), "unreachable"],
] as readonly (readonly [string, Exclude<Route, Uint8Array>, string])[])(
  "MEDIA-PLAY-024: %s has a name",
  async (_title, route, reason) => {
    const { server, fetchFrom } = await reachable({ "/a": route });
    await expect(fetchFrom("/a")).rejects.toMatchObject({ reason, behaviour: "MEDIA-PLAY-024" });
    await expectClosed(server);
  },
);

test.each([
  [
    "whose connection is cut",
    (_request, response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write(file, () => response.socket?.destroy());
    },
  ],
  ["that ends within its packing", packedAs("gzip", gzipSync(file).subarray(0, -6))],
] as readonly (readonly [string, Exclude<Route, Uint8Array>])[])(
  "MEDIA-PLAY-022: of a body %s, what there is counts",
  async (_title, route) => {
    const { server, fetchFrom } = await reachable({ "/a": route });
    const { bytes, complete } = await fetchFrom("/a");
    expect(Buffer.from(bytes).toString()).toBe("RIFF and so on");
    expect(complete).toBe(false);
    await expectClosed(server);
  },
);

test("a download that nobody wants any more closes its connection", async () => {
  const { server, fetchFrom, control } = await reachable({
    "/a": (_request, response) => {
      response.write(file);
      control.abort();
    },
  });
  await expect(fetchFrom("/a")).rejects.toThrow();
  await expectClosed(server);
});

function brotliBomb(): Route {
  return (_request, response) => {
    response.writeHead(200, { "content-encoding": "br" });
    const packer = createBrotliCompress({ params: { [zlib.BROTLI_PARAM_QUALITY]: 1 } });
    packer.pipe(response);
    packer.end(Buffer.alloc(40 * 2 ** 20));
  };
}
