import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { RefusedError, UsageError } from "../../mock/doors/cli/explain.ts";
import { scenariosCommand } from "../../mock/doors/cli/scenarios/scenarios-command.ts";
import { listenHttp } from "../../mock/doors/http.ts";
import { scenarios } from "../../mock/scenarios/index.ts";
import { cli, temporary } from "../doors/cli-process.ts";
import { testSandbox } from "../support/sandbox.ts";
import { receiver } from "../webhooks/receiver.ts";

/** A sandbox on a port, and `scenarios` typed against it: what it prints, and the exit code. */
async function terminal(controlToken?: string) {
  const sandbox = testSandbox(controlToken === undefined ? {} : { controlToken });
  const door = await listenHttp(sandbox, { host: "127.0.0.1", port: 0, overrideGlobalObjects: false });
  const print = vi.spyOn(console, "log").mockImplementation(() => undefined);
  onTestFinished(async () => {
    print.mockRestore();
    process.exitCode = undefined;
    await door.close();
  });
  const type = async (...words: readonly string[]) => {
    print.mockClear();
    process.exitCode = undefined;
    await scenariosCommand().parseAsync([...words], { from: "user" });
    return { text: print.mock.calls.map(([line]) => String(line)).join("\n"), exitCode: process.exitCode };
  };
  const run = (...words: readonly string[]) => type("run", "--url", door.url, "--patience", "2s", ...words);
  return { sandbox, type, run };
}

async function written(text: string): Promise<string> {
  const file = join(temporary(), "mine.yaml");
  await writeFile(file, text);
  return file;
}

test("the twenty are listed with one line each, and as JSON", async () => {
  const { type } = await terminal();
  const rows = (await type()).text.split("\n").filter((line) => /^[ \d]\d {2}/.test(line));
  expect(rows).toHaveLength(20);
  expect(rows[0]).toMatch(/^ 1 {2}terminate-overtakes-connect +A person calls and hangs up at once/);
  const listed = JSON.parse((await type("--json")).text);
  expect(listed.map(({ name }: { name: string }) => name)).toEqual([...scenarios.keys()]);
  expect(Object.keys(listed[0])).toEqual(["name", "bug", "about", "correct"]);
});

test("a run prints every step and a verdict, and can be repeated", async () => {
  const { sandbox, run } = await terminal();
  const hook = await receiver();
  for (const _ of [1, 2]) {
    const { text, exitCode } = await run("terminate-overtakes-connect", "--webhook", hook.url);
    expect(text).toContain(
      "Your client's keys in the world scenario: ps_scenario_meta (META), ps_scenario_evo (EVO_GO).",
    );
    expect(text).toMatch(/^ {2}PASS call\.missed was delivered, and answered with 2xx$/m);
    expect(text).toMatch(/^ {2}LOOK yourself: Your product shows a missed call, and nothing rings\.$/m);
    expect(text).toMatch(/\nPASS: 6 expectations met, and one thing to look at yourself\.$/);
    expect(exitCode).toBe(0);
  }
  const missed = hook.received.filter(({ body }) => body.event === "call.missed");
  expect(new Set(missed.map(({ id }) => id)).size).toBe(2);
  expect(new Set(missed.map(({ body }) => body.externalCallId)).size).toBe(2);
  expect(hook.received.every(({ verified }) => verified)).toBe(true);
  expect((await sandbox.control.getWorld({ w: "scenario" })).id).toBe("scenario");
});

test("CTRL-076: a run that fails ends with 1, and says why", async () => {
  const { run } = await terminal();
  const hook = await receiver(({ body }) => (body.entry?.[0].changes[0].value.statuses ? 422 : 200));
  const { text, exitCode } = await run(
    "--file",
    await written(`
name: statuses
about: It rings.
correct: Takes it.
events: [calls]
steps:
  - startCall: { to: +5511999999999 }
  - person: { action: ring }
  - expectDelivery: { event: calls, fields: { "statuses[0].status": RINGING }, within: 200ms }`),
    "--webhook",
    hook.url,
  );
  expect(text).toMatch(/^ {2}FAIL calls \(statuses\[0\]\.status "RINGING"\): your receiver answered 422, seen$/m);
  expect(text).toMatch(/\nFAIL: 1 of 3 steps\.$/);
  expect(exitCode).toBe(1);
});

test("without a receiver a run stands in for the client, and --json prints one object", async () => {
  const { run } = await terminal();
  const { text, exitCode } = await run("hang-up-after-hang-up", "--json");
  const result = JSON.parse(text);
  expect(result).toMatchObject({ name: "hang-up-after-hang-up", bug: 19, world: "scenario", verdict: "look" });
  expect(result.steps.filter(({ outcome }: { outcome: string }) => outcome === "pass").length).toBeGreaterThan(3);
  expect(exitCode).toBe(0);
});

test("a sandbox with a control token is reached with it, and refuses without", async () => {
  const { run } = await terminal("hush");
  await expect(run("ask-the-probe")).rejects.toThrow(RefusedError);
  expect((await run("ask-the-probe", "--control-token", "hush")).exitCode).toBe(0);
});

test("a world that is there already is not touched", async () => {
  const { run } = await terminal();
  await expect(run("ask-the-probe", "--world", "default")).rejects.toThrow("There is a world default already.");
});

test.each([
  [["nosuch"], /^There is no scenario nosuch\. There are terminate-overtakes-connect, /],
  [[], /^Name a scenario, or give one with --file\./],
  [["ask-the-probe", "--file", "x.yaml"], /^Give a name or --file, not both\.$/],
  [["--file", "/nowhere/x.yaml"], /^Can't read the scenario: there is no \/nowhere\/x\.yaml/],
  [["ask-the-probe", "--webhook", "localhost:3000"], /^--webhook must be an http:\/\/ or https:\/\/ address/],
  [["ask-the-probe", "--patience", "soon"], /^--patience must be a wait from 1ms to 10m/],
  [["ask-the-probe", "--url", "http://127.0.0.1:1"], /^No sandbox answers at http:\/\/127\.0\.0\.1:1\./],
])("wrong usage %j is said", async (words, message) => {
  const { run } = await terminal();
  const error = await run(...words).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(UsageError);
  expect(error).toMatchObject({ message: expect.stringMatching(message) });
});

test("CTRL-076, CTRL-077: in a process of its own, a file with a mistake ends with 2 and names its line", async () => {
  const file = await written("name: mine\nabout: x\ncorrect: y\nsteps:\n  - advanse: 20s\n");
  const { ended, stderr } = cli(["scenarios", "run", "--file", file]);
  expect(await ended).toBe(2);
  expect(stderr()).toContain(`${file}:5:5 steps[0] has no field "advanse". Did you mean advance?`);
  expect(stderr()).toContain("The format: docs/scenarios.md.");
});
