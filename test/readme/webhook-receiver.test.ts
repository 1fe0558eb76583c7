import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { callable, offer, type TestSandbox, testSandbox } from "../support/sandbox.ts";

const root = new URL("../..", import.meta.url).pathname;
const receiver = readFileSync(`${root}examples/webhook-receiver.mjs`, "utf8");

/** Runs the README's receiver on a free port; `lines` is what it has printed. */
async function receiving(): Promise<{ url: string; lines: string[] }> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  const child = spawn(process.execPath, ["examples/webhook-receiver.mjs"], {
    cwd: root,
    env: { ...process.env, PORT: String(port) },
  });
  onTestFinished(() => void child.kill());
  const lines: string[] = [];
  child.stdout.setEncoding("utf8").on("data", (text: string) => lines.push(...text.trim().split("\n")));
  const url = `http://127.0.0.1:${port}/hook`;
  // The first request that gets through tells that it listens; its own line is taken away again.
  for (let tries = 0; tries < 200; tries++) {
    const answered = await fetch(url, { method: "POST", body: '{"event":"ready","status":"yes"}' }).catch(() => null);
    if (answered !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  await expect.poll(() => lines.splice(0)).toEqual(["ready yes"]);
  return { url, lines };
}

async function play(sandbox: TestSandbox, lines: readonly string[], wanted: readonly string[]): Promise<void> {
  await sandbox.advance("PT61S");
  await expect.poll(() => lines).toEqual(wanted);
}

test("the README prints the receiver as it is in examples/", () => {
  expect(readFileSync(`${root}README.md`, "utf8")).toContain(`\`\`\`js\n${receiver}\`\`\``);
});

test("the README's receiver prints the events of an answered EVO_GO call, in order", async () => {
  const { url, lines } = await receiving();
  const sandbox = testSandbox({ webhooks: [url] });
  await sandbox.api("evo", "POST", "/calls", { to: "+5511900000001" });
  await play(sandbox, lines, ["call.ringing RINGING", "call.connected ACCEPTED", "call.ended COMPLETED"]);
});

test("the README's receiver prints flat and native events of a declined META call", async () => {
  const { url, lines } = await receiving();
  const sandbox = testSandbox({ webhooks: [url] });
  await sandbox.control.putContact({ phone: callable, script: "reject" });
  await sandbox.api("meta", "POST", "/calls", { to: callable, sdp: offer });
  await play(sandbox, lines, [
    'calls ["messaging_product","metadata","contacts","calls"]',
    'calls ["messaging_product","metadata","statuses"]',
    "call.ringing RINGING",
    'calls ["messaging_product","metadata","statuses"]',
    'calls ["messaging_product","metadata","calls"]',
    "call.ended REJECTED",
  ]);
});
