import { execFile } from "node:child_process";
import { once } from "node:events";
import { readFile, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Worker } from "node:worker_threads";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Finished, run } from "./run.ts";

// Inside the project, so that the bundles find the packages that stay outside of them.
const dist = fileURLToPath(new URL("../../test-results/dist/", import.meta.url));
let built: Finished;

beforeAll(async () => {
  built = await run("build.ts", "--out", dist, "--sizes");
});
afterAll(() => rm(dist, { recursive: true, force: true }));

test("the build succeeds", () => {
  expect(built).toMatchObject({ code: 0 });
});

test("the bundled command starts, and its help names the default command", async () => {
  expect((await readFile(`${dist}cli.js`, "utf8")).split("\n")[0]).toBe("#!/usr/bin/env node");
  const { stdout } = await promisify(execFile)(process.execPath, [`${dist}cli.js`, "--help"]);
  expect(stdout).toContain("serve");
});

test("the decoding thread of the bundle decodes Opus", async () => {
  const thread = new Worker(`${dist}webrtc-worker.js`);
  // 20 ms of nothing: a table of contents alone (RFC 6716 §3.1).
  thread.postMessage({ do: "decode", client: 1, packet: Uint8Array.of(0x48), tag: { at: 0, place: 0 } });
  const [message] = await once(thread, "message");
  expect(message).toMatchObject({ what: "audio", client: 1, samples: new Int16Array(320) });
  await thread.terminate();
});

test("the msw door needs no module of Node, so a page can load it", () => {
  expect(built.out).toContain("Node modules that msw.js needs: none");
});

test("CLIENT-002: the client needs no module of Node, so a page can load it", () => {
  expect(built.out).toContain("Node modules that client.js needs: none");
});

test("both library entries share one createSandbox", async () => {
  const bundles = await Promise.all(["index.js", "msw.js", "cli.js"].map((name) => readFile(dist + name, "utf8")));
  expect(bundles.filter((text) => /function createSandbox\(/.test(text))).toEqual([]);
});
