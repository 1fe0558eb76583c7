import { describe, expect, it } from "vitest";
import { redactor } from "../../../contracts/exchange/redact.ts";
import { judgeSdp } from "../../../mock/domain/sdp/index.ts";
import { offer } from "../../support/sandbox.ts";

describe("a redactor", () => {
  it("hides keys, tokens and what an SDP says of its sender", () => {
    const { text } = redactor();
    const shown = text(
      'ps_live_0123456789 ?token=d3f4aa "token": "d3f4aa" a=ice-pwd:Jr7xTn0QyVb5\\r\\na=candidate:1 1 udp 1 203.0.113.4\\r\\n',
    );
    expect(shown).not.toMatch(/live|d3f4aa|Jr7x|203\.0/);
    expect(shown).toContain("\\r\\n");
  });

  it("hides phone numbers, the same one behind the same stand-in", () => {
    const { text } = redactor();
    expect(text('+5511999999999 "5511999999999" 5521988887777')).toBe('+9990000000001 "9990000000001" 9990000000002');
  });

  it.each([
    ["at the end of a sentence", "may not call 5511999999999.", "may not call 9990000000001."],
    ["as people write it", '"to":"+55 (11) 99999-9999"', '"to":"+9990000000001"'],
    ["behind a line break in JSON", '"text":"call me\\n5511999999999"', '"text":"call me\\n9990000000001"'],
    ["without a plus", '"to": "55 11 99999-9999"', '"to": "9990000000001"'],
    ["as a JSON number", '{"to": 5511999999999}', '{"to": 9990000000001}'],
  ])("hides a phone number %s", (_, shown, redacted) => {
    expect(redactor().text(shown)).toBe(redacted);
  });

  it("leaves an SDP that can be sent again", () => {
    const redacted = redactor().text(JSON.stringify({ sdp: offer }));
    const { sdp } = JSON.parse(redacted) as { sdp: string };
    expect(judgeSdp(sdp, "offer", { strict: false })).toMatchObject({ ok: true, warnings: [] });
    expect(sdp).not.toContain(/a=ice-pwd:(\S+)/.exec(offer)?.[1]);
    expect(sdp).not.toContain(/a=fingerprint:sha-256 (\S+)/.exec(offer)?.[1]);
  });

  it.each(["to=%2B55%2011%2099999-9999", "limit=1&to=55+11+99999-9999", "to=5511999999999&to=%2B5511999999999"])(
    "hides a phone number in the query %s",
    (query) => {
      const shown = redactor().target(`/v1/calls/permissions?${query}`);
      expect(shown).not.toMatch(/99999-?9999/);
      expect(shown).toMatch(/to=(%2B)?9990000000001/);
    },
  );

  it("tells keys apart, and knows a key by its id", () => {
    const { exchange } = redactor();
    const keyOf = (headers: Record<string, string>) =>
      exchange({
        request: { method: "GET", target: "/", headers, body: null },
        response: { status: 200, headers: {}, body: null },
      }).request.headers;
    expect(keyOf({ "x-api-key": "ps_one" })).toEqual({ "x-api-key": "redacted" });
    expect(keyOf({ "x-api-key": "ps_two" })).toEqual({ "x-api-key": "redacted-2" });
    expect(keyOf({ "x-api-key-id": "one" })).toEqual({ "x-api-key-id": "redacted" });
  });

  it("hides a secret with an escaped quote, and what stands in an address", () => {
    const shown = redactor().text('"secret":"a\\"b1c2" "url":"https://user:pw9@example.com/hook?api_key=k77"');
    expect(shown).toBe('"secret":"redacted" "url":"https://redacted@example.com/hook?api_key=redacted"');
  });

  it("hides Meta's ids, which hold phone numbers", () => {
    const shown = redactor().text("wacid.HBgNNTUxMTk5OTk5MDAwMBUCABIYIA== and wamid.HBgMNTUx");
    expect(shown).toMatch(/^wacid\.[\w+/=]+ and wamid\.[\w+/=]+$/);
    expect(shown).not.toContain("HBgN");
  });

  it("gives an id of Meta's in a path the stand-in that it has in a body, however it is written", () => {
    const redact = redactor();
    const stand = redact.text("wacid.HBgN+TUx/Tk5OTk5MDAwMA==");
    expect(redact.target("/v1/calls/wacid.HBgN%2BTUx%2FTk5OTk5MDAwMA%3D%3D/accept")).toBe(`/v1/calls/${stand}/accept`);
    expect(redact.target("/v1/calls/wacid.HBgN+TUx%2FTk5OTk5MDAwMA==?includeSdp=1")).toBe(
      `/v1/calls/${stand}?includeSdp=1`,
    );
  });

  it("leaves instants and counts alone, so that JSON stays JSON", () => {
    const json = JSON.stringify({ permission: { expiration_time: 1768550400 }, at: "2026-07-03T15:00:00.000Z" });
    expect(redactor().text(json)).toBe(json);
  });

  it("hides what a whole exchange holds", () => {
    const redacted = redactor().exchange({
      request: {
        method: "GET",
        target: "/v1/calls/permissions?to=%2B5511999999999",
        headers: { "x-api-key": "whatever", accept: "application/json" },
        body: null,
      },
      response: { status: 200, headers: {}, body: '{"wsUrl":"wss://media/ws?token=abc"}' },
    });
    expect(redacted.request.target).toBe("/v1/calls/permissions?to=%2B9990000000001");
    expect(redacted.request.headers).toEqual({ "x-api-key": "redacted", accept: "application/json" });
    expect(redacted.response.body).toBe('{"wsUrl":"wss://media/ws?token=redacted"}');
  });
});
