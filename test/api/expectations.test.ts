import { describe, expect, test } from "vitest";
import { received } from "../../mock/api/received.ts";
import { keys, testSandbox } from "../support/sandbox.ts";

/** One refused request to the control API: its sentence. */
async function refused(method: string, path: string, body: object): Promise<string> {
  const answer = await testSandbox().request(method, `/_sandbox${path}`, { body });
  expect(answer.status).toBe(400);
  return answer.body.error;
}

describe("ROUTE-023: a wrong value is told by what was expected, in words, and by what was received", () => {
  const world = "/worlds/default";
  test.each<[string, string, object, string]>([
    ["POST", `${world}/clock/advance`, { by: "6s" }, 'by must be an ISO 8601 duration such as PT6S, but was "6s"'],
    ["PUT", `${world}/clock`, { mode: "fake" }, 'mode must be one of real, virtual, but was "fake"'],
    ["POST", "/worlds", { id: "a b" }, 'letters, digits, _ and -, but was "a b"'],
    ["POST", `${world}/inbound-calls`, { to: "5", from: "6" }, "8 to 15 digits, such as +5511999999999, but was"],
  ])("%s %s %j of the control API", async (method, path, body, words) => {
    const error = await refused(method, path, body);
    expect(error).toContain(words);
    expect(error).not.toContain("pattern");
  });

  test("in the Calls API", async () => {
    const settings = await testSandbox().api("meta", "PUT", "/calls/settings", { status: "ON" });
    expect(settings.body.error).toContain('status must be one of ENABLED, DISABLED, but was "ON"');
    const play = await testSandbox().api("evo", "POST", "/calls/call_1/play", { mediaUrl: "ftp://example.com" });
    expect(play.body.error).toContain(
      'mediaUrl must be an http or https address such as https://example.com/greeting.ogg, but was "ftp://example.com"',
    );
  });

  test("a long value is cut, and a key is never shown as a whole", async () => {
    const at = `${world}/clock/advance`;
    expect(await refused("POST", at, { by: "x".repeat(300) })).toContain(`but was "${"x".repeat(39)}…"`);
    expect(await refused("POST", at, { by: "ps_live_0123456789" })).toContain('but was "ps_live…6789"');
    expect(await refused("POST", at, { by: keys.meta })).not.toContain(keys.meta);
    expect(received("numbers[0].key", "live/secret")).toBe("a text of 11 characters");
  });
});
