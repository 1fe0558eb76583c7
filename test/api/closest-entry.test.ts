import { expect, test } from "vitest";
import { testSandbox } from "../support/sandbox.ts";

test.each([
  ["META-SET-011", "meta", "PUT", "/calls/settings", { sip: {} }],
  ["META-SET-012", "meta", "PUT", "/calls/settings", { audio: {} }],
  ["META-SET-016", "meta", "PUT", "/calls/settings", { status: "ON" }],
  ["CALL-010", "meta", "POST", "/calls", { sdp: "v=0" }],
  ["ROUTE-013", "meta", "POST", "/calls", { to: "+5511999999999", sdpType: "answer" }],
] as const)(
  "%s: a body that breaks the schema is refused in the name of its own entry",
  async (id, key, method, path, body) => {
    expect(await testSandbox().api(key, method, path, body)).toMatchObject({ status: 400, behaviour: id });
  },
);

test("EVO-RT-005: another mode is refused in the name of its own entry", async () => {
  const sandbox = testSandbox();
  const { id } = (await sandbox.api("evo", "POST", "/calls", { to: "+5511988887777" })).body;
  const refused = await sandbox.api("evo", "POST", `/calls/${id}/realtime-session`, { mode: "shout" });
  expect(refused).toMatchObject({ status: 400, behaviour: "EVO-RT-005" });
});

test("EVO-PLAY-005: without any of the two names play is told of both at once, and of one that is wrong alone", async () => {
  const sandbox = testSandbox();
  const { id } = (await sandbox.api("evo", "POST", "/calls", { to: "+5511988887777" })).body;
  const play = (body: object) => sandbox.api("evo", "POST", `/calls/${id}/play`, body);
  expect(await play({})).toMatchObject({
    status: 400,
    behaviour: "EVO-PLAY-005",
    body: { details: { issues: [{ path: "", message: "mediaUrl or audioUrl is required" }] } },
  });
  const { details } = (await play({ audioUrl: "ftp://example.com/a.ogg" })).body;
  expect(details.issues).toEqual([expect.objectContaining({ path: "audioUrl" })]);
});
