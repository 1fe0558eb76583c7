import { appendFile, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { generateAll } from "../../../scripts/generate/all.ts";
import { staleFiles, writeFiles } from "../../../scripts/generate/files.ts";
import { project } from "../project.ts";
import { run } from "../run.ts";

test("--check names every stale file and the remedy, and writes nothing; writing mends them", async () => {
  const folder = await project();
  const file = (name: string) => join(folder, "spec/generated", name);
  const files = await generateAll(folder);
  await writeFiles(folder, files, [...files.keys()]);
  expect(await staleFiles(folder, files)).toEqual([]);

  await appendFile(file("operations.ts"), "// by hand\n");
  await rm(file("error-codes.ts"));
  await writeFile(file("left-over.ts"), "");
  const stale = ["error-codes.ts", "operations.ts", "left-over.ts"].map((name) => `spec/generated/${name}`);
  const checked = await run("generate.ts", "--in", folder, "--check");
  expect(checked.code).toBe(1);
  expect(checked.err.match(/(?<=^ {2})\S+/gm)).toEqual(stale);
  expect(checked.err).toContain("Remedy: npm run generate");
  expect(await readFile(file("operations.ts"), "utf8")).toContain("// by hand");

  await writeFiles(folder, files, stale);
  expect(await staleFiles(folder, files)).toEqual([]);
});

test.each([
  ["a reference to nothing", "paths/call.yaml", "schemas/error.yaml", "schemas/nowhere.yaml", "nowhere.yaml"],
  ["an unknown provider", "paths/calls.yaml", "[META]", "[METTA]", "startCall: x-providers is METTA"],
  ["an unknown key scope", "paths/calls.yaml", "scope: number", "scope: all", "listCalls: x-key-scope is all"],
  [
    "a parameter of another type",
    "paths/calls.yaml",
    "type: integer,",
    "type: array,",
    "parameter limit: its type is array",
  ],
  ["a keyword that no JSON Schema has", "schemas/error.yaml", "minLength: 1", "minimumLength: 1", "minimumLength"],
  ["an operationId that stands twice", "paths/call.yaml", "endCall", "listCalls", "listCalls"],
  ["a ledger entry without a real id", "behaviours.yaml", "CALL-001", "CALL-1", "its id CALL-1 is not AREA-NNN"],
])("%s is refused by name", async (_title, file, from, to, named) => {
  const folder = await project();
  const path = join(folder, "spec", file);
  await writeFile(path, (await readFile(path, "utf8")).replace(from, to));
  await expect(generateAll(folder)).rejects.toThrow(named);
});
