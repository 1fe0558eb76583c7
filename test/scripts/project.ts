import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

const fixture = fileURLToPath(new URL("fixtures/project/", import.meta.url));

/** A copy of the fixture project in a folder of its own, removed when the test ends. */
export async function project(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "calls-sandbox-scripts-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await cp(fixture, folder, { recursive: true });
  return folder;
}
