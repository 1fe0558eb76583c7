import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { listenHttp } from "../../mock/doors/http.ts";
import { listenMedia } from "../../mock/doors/media-host.ts";
import { testSandbox } from "../support/sandbox.ts";

const run = promisify(execFile);
const root = new URL("../..", import.meta.url).pathname;
const page = readFileSync(`${root}docs/realtime.md`, "utf8");

/** What a page prints in its first block of a language. */
const printed = (language: string) => new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(page)?.[1] ?? "";

async function served() {
  const sandbox = testSandbox({ clock: "real" });
  const door = await listenHttp(sandbox, { host: "127.0.0.1", port: 0, overrideGlobalObjects: false });
  const media = await listenMedia(sandbox, { host: "127.0.0.1", port: 0 });
  onTestFinished(() => door.close());
  onTestFinished(() => media.close());
  const shell = (script: string) =>
    run("bash", ["-euo", "pipefail", "-c", script.replaceAll("http://127.0.0.1:4010", door.url)], {
      cwd: root,
      timeout: 9_000,
      env: { ...process.env, CALLS_SANDBOX: door.url, NODE_OPTIONS: `--import ${root}test/readme/from-source.ts` },
    });
  return { sandbox, shell };
}

test("docs/realtime.md prints the script of examples/ as it is", () => {
  expect(printed("js")).toBe(readFileSync(`${root}examples/realtime-agent.mjs`, "utf8"));
  expect(
    printed("js")
      .split("\n")
      .filter((line) => !/^(\/\/.*)?$/.test(line)).length,
  ).toBeLessThanOrEqual(15);
});

test("MEDIA-TONE-009: the tour works as printed: a call by curl, and a script that hears its own tone from the person", async () => {
  const { sandbox, shell } = await served();
  const { stdout } = await shell(printed("bash").replace("curl", "curl -s --fail-with-body"));
  const [placed = "", ...measured] = stdout.split(/(?<=\})(?=\{)/);
  expect(JSON.parse(placed).status).toBe("INITIATED");
  expect(measured.join("")).toMatch(/^\{\s*hz: 1000,\s*dbfs: -1[12]\.\d+/);
  const { client } = await sandbox.control.getMedia({ callId: "latest" });
  expect(client).toMatchObject({ bytes: 64_000, droppedBytes: 0 });
  expect(client.dominantHz.slice(0, 2)).toEqual([1_000, 1_000]);
});

test("the script of the tour fails when the person says something else", async () => {
  const { shell } = await served();
  const elsewhere = printed("bash").replace("+5511900000005", "+5511977776666").replace("curl", "curl -s -o /dev/null");
  await expect(shell(elsewhere)).rejects.toThrow(/Expected 1000 Hz/);
});
