import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { nodeMistake, oldestNode } from "../../mock/doors/cli/node-version.ts";
import { cli } from "./cli-process.ts";

test.each(["v18.0.0", "v20.20.2", "v22.18.9"])(
  "WORLD-038: Node %s is too old, and both versions are named",
  (version) => {
    expect(nodeMistake(version)).toContain(`calls-sandbox needs Node 22.19 or newer, and this is ${version}. `);
  },
);

test.each(["v22.19.0", "v22.20.1", "v23.0.0", "v24.21.0"])("WORLD-038: Node %s is new enough", (version) => {
  expect(nodeMistake(version)).toBeNull();
});

test("the oldest Node is the one of package.json", () => {
  const { engines } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  expect(engines).toEqual({ node: `>=${oldestNode}` });
});

test("WORLD-038: on an old Node the command says so before anything else is loaded, and ends with 2", async () => {
  // A version that lies, and a function that is missing, are as near as one Node gets to an older one.
  const old = `Object.defineProperty(process, "version", { value: "v20.20.2" }); delete Map.groupBy;`;
  const { ended, stdout, stderr } = cli(["verify", "nowhere.json"], {
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(old)}`,
  });
  expect(await ended).toBe(2);
  expect(stderr()).toMatch(/^calls-sandbox needs Node 22\.19 or newer, and this is v20\.20\.2\. .+\n$/);
  expect(stdout()).toBe("");
});
