import { describe, expect, it } from "vitest";
import { redactor } from "../../../contracts/exchange/redact.ts";

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
    expect(text('+5511999999999 "5511999999999" 5521988887777')).toBe('+0000000000001 "0000000000001" 0000000000002');
  });

  it("hides Meta's ids, which hold phone numbers", () => {
    const shown = redactor().text("wacid.HBgNNTUxMTk5OTk5MDAwMBUCABIYIA== and wamid.HBgMNTUx");
    expect(shown).toMatch(/^wacid\.[\w+/=]+ and wamid\.[\w+/=]+$/);
    expect(shown).not.toContain("HBgN");
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
    expect(redacted.request.target).toBe("/v1/calls/permissions?to=%2B0000000000001");
    expect(redacted.request.headers).toEqual({ "x-api-key": "redacted", accept: "application/json" });
    expect(redacted.response.body).toBe('{"wsUrl":"wss://media/ws?token=redacted"}');
  });
});
