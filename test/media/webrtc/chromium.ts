import { accessSync, constants } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { type BrowserContext, chromium } from "playwright-core";
import { onTestFinished } from "vitest";
import { synth, toWav } from "../../../mock/media/index.ts";

/** Where the system's Chromium is: `CHROMIUM_PATH`, or one of the usual names on the path; null when there is none. */
export function chromiumPath(): string | null {
  const named = process.env["CHROMIUM_PATH"];
  if (named !== undefined && named !== "") return named;
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(executable) ?? null;
}

/** `.ci/run` sets it: there a missing browser is a failure. */
export const chromiumRequired = process.env["CALLS_SANDBOX_REQUIRE_CHROMIUM"] === "1";

function executable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A browser whose microphone hears a tone, closed when the test ends. */
export async function openBrowser(executablePath: string, hz: number): Promise<BrowserContext> {
  const folder = await mkdtemp(join(tmpdir(), "calls-sandbox-chromium-"));
  const microphone = join(folder, "microphone.wav");
  await writeFile(microphone, toWav([synth(`${hz}/4000`, { ms: 4_000, sampleRate: 48_000 })], 48_000));
  const context = await chromium.launchPersistentContext(join(folder, "profile"), {
    executablePath,
    headless: true,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--use-fake-ui-for-media-stream",
      "--use-fake-device-for-media-stream",
      `--use-file-for-fake-audio-capture=${microphone}`,
    ],
  });
  onTestFinished(async () => {
    await context.close();
    await rm(folder, { recursive: true, force: true });
  });
  return context;
}
