import { describe, expect, test } from "vitest";
import { keys, offer, type TestSandbox, testSandbox } from "../support/sandbox.ts";

const to = "+5511999999999";
const ring = (sandbox: TestSandbox, business: string) =>
  sandbox.control.createInboundCall({ to: business, from: "+5511988887777" });

/** Each is refused in a strict world with its own entry, and passes in a tolerant one. */
const bodies: readonly {
  title: string;
  key: "meta" | "evo";
  method: string;
  path: string;
  body?: unknown;
  behaviour: string;
  issue: string;
}[] = [
  {
    title: "STRICT-002: an unknown field",
    key: "evo",
    method: "POST",
    path: "/calls",
    body: { to, ringtone: "loud" },
    behaviour: "STRICT-002",
    issue: "ringtone",
  },
  {
    title: "STRICT-003: an unknown query parameter",
    key: "evo",
    method: "GET",
    path: "/calls?page=2",
    behaviour: "STRICT-003",
    issue: "page",
  },
  {
    title: "STRICT-003: a query parameter where there are none",
    key: "meta",
    method: "GET",
    path: "/calls/settings?fields=status",
    behaviour: "STRICT-003",
    issue: "fields",
  },
  {
    title: "STRICT-004: an sdp on an EVO_GO call",
    key: "evo",
    method: "POST",
    path: "/calls",
    body: { to, sdp: offer },
    behaviour: "STRICT-004",
    issue: "sdp",
  },
  {
    title: "STRICT-004: an sdpType on an EVO_GO call",
    key: "evo",
    method: "POST",
    path: "/calls",
    body: { to, sdpType: "offer" },
    behaviour: "STRICT-004",
    issue: "sdpType",
  },
  {
    title: "STRICT-005: both names of the address to play",
    key: "evo",
    method: "POST",
    path: "/calls/{id}/play",
    body: { audioUrl: "https://example.com/a.ogg", mediaUrl: "https://example.com/a.ogg" },
    behaviour: "STRICT-005",
    issue: "mediaUrl",
  },
  {
    title: "STRICT-006: a realtime session with a body but without mode",
    key: "evo",
    method: "POST",
    path: "/calls/{id}/realtime-session",
    body: {},
    behaviour: "STRICT-006",
    issue: "mode",
  },
  {
    title: "STRICT-012: includeSdp=true",
    key: "meta",
    method: "GET",
    path: "/calls/{id}?includeSdp=true",
    behaviour: "STRICT-012",
    issue: "includeSdp",
  },
  {
    title: "STRICT-012: includeSdp=0",
    key: "evo",
    method: "GET",
    path: "/calls/{id}?includeSdp=0",
    behaviour: "STRICT-012",
    issue: "includeSdp",
  },
  {
    title: "STRICT-013: a body on reject",
    key: "evo",
    method: "POST",
    path: "/calls/{id}/reject",
    body: { reason: "busy" },
    behaviour: "STRICT-013",
    issue: "",
  },
  {
    title: "STRICT-013: a body on terminate",
    key: "meta",
    method: "POST",
    path: "/calls/{id}/terminate",
    body: "bye",
    behaviour: "STRICT-013",
    issue: "",
  },
  {
    title: "STRICT-014: signs in a phone number",
    key: "evo",
    method: "POST",
    path: "/calls",
    body: { to: "+55 (11) 99999-9999" },
    behaviour: "STRICT-014",
    issue: "to",
  },
  {
    title: "STRICT-014: signs in the phone number of a probe",
    key: "meta",
    method: "GET",
    path: "/calls/permissions?to=55-11-99999-9999",
    behaviour: "STRICT-014",
    issue: "to",
  },
];

describe("what a strict world refuses and a tolerant one lets pass", () => {
  const ask = async (strict: boolean, { key, method, path, body }: (typeof bodies)[number]) => {
    const sandbox = testSandbox({ strict, mode: "manual" });
    const call = await ring(sandbox, key === "meta" ? "551140000001" : "551140000002");
    return sandbox.api(key, method, path.replace("{id}", call.id), body);
  };

  test.each(bodies)("$title", async (row) => {
    const refused = await ask(true, row);
    expect(refused).toMatchObject({ status: 400, behaviour: row.behaviour, body: { code: "VALIDATION_ERROR" } });
    expect(refused.body.details.issues[0].path).toBe(row.issue);
    const passed = await ask(false, row);
    expect(passed.status).toBeLessThan(300);
  });
});

describe("SDPs with which a strict world refuses a call", () => {
  const fingerprint = /a=fingerprint.*\r\n/.exec(offer)?.[0] ?? "";
  const sdps: readonly (readonly [string, string])[] = [
    ["STRICT-007: an mDNS candidate", offer.replace("192.0.2.10 50213 typ host", "0c8a1f6e-7a3b.local 50213 typ host")],
    ["STRICT-008: ice-options:trickle", offer.replace(fingerprint, `a=ice-options:trickle\r\n${fingerprint}`)],
    [
      "STRICT-009: an extmap line",
      offer.replace("a=sendrecv", "a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level\r\na=sendrecv"),
    ],
    [
      "STRICT-010: a codec beside Opus and telephone-event",
      offer.replace("SAVPF 111 126", "SAVPF 111 126 0").replace("a=rtpmap:126", "a=rtpmap:0 PCMU/8000\r\na=rtpmap:126"),
    ],
    ["STRICT-011: setup:actpass", offer.replace("a=setup:active", "a=setup:actpass")],
  ];
  test.each(sdps)("%s", async (title, sdp) => {
    expect(sdp).not.toBe(offer);
    const refused = await testSandbox({ strict: true }).api("meta", "POST", "/calls", { to, sdp });
    expect(refused).toMatchObject({
      status: 400,
      body: { code: "META_SDP_INVALID", details: { meta: { code: 138008 } } },
    });
    expect(title).toContain(refused.behaviour);
    expect((await testSandbox().api("meta", "POST", "/calls", { to, sdp })).status).toBe(201);
  });
});

describe("what a strict world still takes", () => {
  test("STRICT-006: a realtime session without a body, and with a mode", async () => {
    const sandbox = testSandbox({ strict: true, mode: "manual" });
    const { id } = await ring(sandbox, "551140000002");
    expect((await sandbox.api("evo", "POST", `/calls/${id}/realtime-session`)).status).toBe(200);
    expect((await sandbox.api("evo", "POST", `/calls/${id}/realtime-session`, { mode: "listen" })).status).toBe(200);
  });

  test("STRICT-005: either name of the address to play", async () => {
    for (const name of ["audioUrl", "mediaUrl"]) {
      const sandbox = testSandbox({ strict: true, mode: "manual" });
      const { id } = await ring(sandbox, "551140000002");
      const played = await sandbox.api("evo", "POST", `/calls/${id}/play`, {
        [name]: "https://example.com/greeting.ogg",
      });
      expect(played.body).toEqual({ success: true, id, status: "RINGING" });
    }
  });

  test("STRICT-015: the addresses under /api/v1", async () => {
    const sandbox = testSandbox({ strict: true });
    const answer = await sandbox.request("GET", "/api/v1/calls?limit=1", { headers: { "x-api-key": keys.evo } });
    expect(answer).toMatchObject({ status: 200, body: { calls: [] } });
  });

  test("STRICT-002, STRICT-013: a world of its own can be strict in a tolerant sandbox", async () => {
    const sandbox = testSandbox();
    const world = await sandbox.control.createWorld({ strict: true, clock: "virtual" });
    const start = (key: string) =>
      sandbox.request("POST", "/v1/calls", { headers: { "x-api-key": key }, body: { to, extra: 1 } });
    expect(await start(world.keys.evo)).toMatchObject({ status: 400, behaviour: "STRICT-002" });
    expect((await start(keys.evo)).status).toBe(201);
  });
});
