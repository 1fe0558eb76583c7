import { execFile } from "node:child_process";
import { readFile, stat } from "node:fs/promises";
import { dirname, extname, join, relative, resolve } from "node:path";
import { promisify } from "node:util";
import { root } from "./lib/root.ts";
import { runScript, ScriptError } from "./lib/script.ts";

const textFiles = new Set([".md", ".yaml", ".yml", ".json", ".ts", ".js", ".html", ".txt", ""]);
const markdownLink = /\]\(([^)\s#]+)(?:#[^)]*)?\)/g;
const upwardPath = /(?<![\w./])(?:\.\.\/)+[\w-][\w./-]*/g;
const homePath = /(?<![\w.])\/(?:home|Users|root)\/[\w-]+/g;

async function projectFiles(): Promise<string[]> {
  const list = ["ls-files", "--cached", "--others", "--exclude-standard"];
  const { stdout } = await promisify(execFile)("git", list, { cwd: root }).catch(() => {
    throw new ScriptError(
      "the list of files comes from git, which does not answer here",
      "run it in a git checkout",
      2,
    );
  });
  return stdout
    .split("\n")
    .filter((file) => file !== "" && textFiles.has(extname(file)) && file !== "package-lock.json");
}

async function missing(file: string): Promise<boolean> {
  return (await stat(file).catch(() => null)) === null;
}

/** What a file says about places that a reader of a fresh clone doesn't have. */
async function problemsOf(file: string): Promise<string[]> {
  const text = await readFile(join(root, file), "utf8").catch(() => "");
  const folder = dirname(join(root, file));
  const problems = (text.match(homePath) ?? []).map((path) => `${file}: ${path} is a place on one machine`);
  // Below test/, paths with dots are input for the mock, as in `GET /v1/calls/../numbers`.
  for (const path of file.startsWith("test/") ? [] : (text.match(upwardPath) ?? [])) {
    if (relative(root, resolve(folder, path)).startsWith("..")) problems.push(`${file}: ${path} leaves the project`);
  }
  if (extname(file) !== ".md") return problems;
  for (const [, target = ""] of text.matchAll(markdownLink)) {
    if (/^[a-z]+:/.test(target)) continue;
    if (await missing(resolve(folder, target))) problems.push(`${file}: the link to ${target} leads nowhere`);
  }
  return problems;
}

async function run(): Promise<string> {
  const files = await projectFiles();
  const problems = (await Promise.all(files.map(problemsOf))).flat();
  if (problems.length > 0) throw new ScriptError(problems.join("\n"), "link to files of the project, by relative path");
  return `check-links: ${files.length} files`;
}

await runScript({
  command: "node scripts/check-links.ts",
  summary: "Finds links that lead nowhere, and paths that leave the project or belong to one machine.",
  options: {},
  run,
});
