import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { listenHttp } from "../../mock/doors/http.ts";
import { testSandbox } from "../support/sandbox.ts";

const run = promisify(execFile);
const root = new URL("../..", import.meta.url).pathname;

/** The commands under "The first ten calls", as the README prints them. */
function firstTenCalls(): string {
  const readme = readFileSync(`${root}README.md`, "utf8");
  const section = readme.slice(readme.indexOf("## The first ten calls"));
  return /```bash\n([\s\S]*?)```/.exec(section)?.[1] ?? "";
}

test("the README's first ten calls work as printed, pasted into a shell", async () => {
  const sandbox = testSandbox({ clock: "real" });
  const door = await listenHttp(sandbox, { host: "127.0.0.1", port: 0, overrideGlobalObjects: false });
  onTestFinished(() => door.close());
  const commands = firstTenCalls();
  expect(commands.match(/^# \d+ /gm)).toHaveLength(10);
  // Each answer on a line of its own, and --fail-with-body so that a refusal ends the script.
  const script = commands
    .replaceAll("http://127.0.0.1:4010", door.url)
    .replaceAll(/^curl /gm, "curl -s --fail-with-body -w '\\n' ");
  const { stdout } = await run("bash", ["-euo", "pipefail", "-c", script], { cwd: root, timeout: 9_000 });
  const answers = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(answers).toHaveLength(9);
  const [placed, listed, inbound, accepted, session, ended, timeline, probe, metaCall] = answers;
  expect(placed.status).toBe("INITIATED");
  expect(listed.calls[0].id).toBe(placed.id);
  expect(inbound).toMatchObject({ direction: "INBOUND", status: "RINGING" });
  expect(accepted).toEqual({ success: true, id: inbound.id, status: "ACCEPTED" });
  expect(session).toMatchObject({ expiresInSeconds: 120, wsUrl: expect.stringContaining(session.token) });
  expect(ended).toEqual({ success: true, id: inbound.id, status: "COMPLETED" });
  expect(timeline.callId).toBe(inbound.id);
  expect(probe.permission.status).toBe("temporary");
  expect(metaCall).toMatchObject({ status: "INITIATED", externalCallId: expect.stringMatching(/^wacid\./) });
});
