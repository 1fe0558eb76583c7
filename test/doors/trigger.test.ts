import { expect, onTestFinished, test, vi } from "vitest";
import { RefusedError, UsageError } from "../../mock/doors/cli/explain.ts";
import { isoDuration } from "../../mock/doors/cli/trigger/duration.ts";
import { triggerCommand } from "../../mock/doors/cli/trigger/trigger-command.ts";
import { listenHttp } from "../../mock/doors/http.ts";
import { type TestSandbox, testSandbox } from "../support/sandbox.ts";

/** A sandbox on a port, and `trigger` typed against it: what it prints, one text per line. */
async function terminal(sandbox: TestSandbox) {
  const door = await listenHttp(sandbox, { host: "127.0.0.1", port: 0, overrideGlobalObjects: false });
  onTestFinished(() => door.close());
  const print = vi.spyOn(console, "log").mockImplementation(() => undefined);
  onTestFinished(() => print.mockRestore());
  return async (...words: readonly string[]) => {
    print.mockClear();
    await triggerCommand().parseAsync([...words, "--url", door.url], { from: "user" });
    return print.mock.calls.map(([line]) => String(line)).join("\n");
  };
}

test("a person's call, its answer and its end can be triggered from a terminal", async () => {
  const sandbox = testSandbox();
  const trigger = await terminal(sandbox);
  expect(await trigger("inbound-call", "--from", "+5511988887777", "--to", "+551140000002")).toMatch(
    /^call_\w{26} INBOUND from \+5511988887777: RINGING$/,
  );
  const { body } = await sandbox.api("evo", "GET", "/calls?limit=1");
  await sandbox.api("evo", "POST", `/calls/${body.calls[0].id}/accept`);
  expect(await trigger("advance", "90s")).toBe("It is now 2026-01-01T00:01:30.000Z; 1 timer fired.");
  expect(await trigger("hang-up")).toMatch(/: COMPLETED, 90 s$/);
});

test("an outbound call is answered or fails by trigger in a manual world", async () => {
  const sandbox = testSandbox({ mode: "manual" });
  const trigger = await terminal(sandbox);
  const { body: first } = await sandbox.api("evo", "POST", "/calls", { to: "+5511988887777" });
  const { body: second } = await sandbox.api("evo", "POST", "/calls", { to: "+5511988886666" });
  expect(await trigger("answer", "--call", first.id)).toMatch(/: ACCEPTED$/);
  expect(await trigger("fail", "--call", second.externalCallId, "--code", "138020")).toMatch(/: FAILED, error 138020$/);
});

test("permission replies, connections and JSON", async () => {
  const sandbox = testSandbox();
  const trigger = await terminal(sandbox);
  expect(await trigger("permission-reply", "--phone", "+5511988887777", "--permanent")).toContain(": permanent");
  expect(await trigger("disconnect")).toBe("EVO_GO +551140000002 is not connected");
  expect((await sandbox.api("evo", "GET", "/calls")).status).toBe(409);
  expect(JSON.parse(await trigger("connect", "--json"))).toMatchObject({ number: "551140000002", connected: true });
});

test("what the sandbox refuses is said in its own words", async () => {
  const trigger = await terminal(testSandbox());
  await expect(trigger("hang-up")).rejects.toThrow(RefusedError);
  await expect(trigger("hang-up")).rejects.toThrow("This world has had no call yet, so there is no latest one.");
});

test("an address where nobody answers is named with the next step", async () => {
  const unreachable = triggerCommand().parseAsync(["hang-up", "--url", "http://127.0.0.1:1"], { from: "user" });
  await expect(unreachable).rejects.toThrow(UsageError);
  await expect(unreachable).rejects.toThrow("No sandbox answers at http://127.0.0.1:1. Start one");
});

test.each([
  ["24h", "PT24H"],
  ["7d", "P7D"],
  ["1d12h", "P1DT12H"],
  ["1.5s", "PT1.5S"],
  ["pt10m", "PT10M"],
])("the duration %s is %s", (text, iso) => expect(isoDuration(text)).toBe(iso));

test.each(["", "24", "tomorrow", "-5s", "5s 3m"])("%j is no duration, and the message shows some", (text) =>
  expect(() => isoDuration(text)).toThrow(/is no duration\. Write 24h/),
);
