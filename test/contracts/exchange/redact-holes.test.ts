import { describe, expect, it, test } from "vitest";
import { redactor } from "../../../contracts/exchange/redact.ts";

/** An exchange with these headers and bodies, redacted. */
function exchanged(
  headers: Readonly<Record<string, string>>,
  bodies: { readonly sent?: string; readonly received?: string } = {},
) {
  return redactor().exchange({
    request: { method: "POST", target: "/v1/calls", headers, body: bodies.sent ?? null },
    response: { status: 401, headers: {}, body: bodies.received ?? null },
  });
}

describe("a phone number is hidden", () => {
  it.each([
    ["whose plus is escaped", String.raw`{"to":"\u002B5511987654321"}`, '{"to":"+9990000000001"}'],
    [
      "in JSON inside JSON",
      String.raw`{"b":"{\"to\":\"55 11 98765-4321\"}"}`,
      String.raw`{"b":"{\"to\":\"9990000000001\"}"}`,
    ],
    [
      "escaped in JSON inside JSON",
      String.raw`{"b":"{\"to\":\"\\u002B5511987654321\"}"}`,
      String.raw`{"b":"{\"to\":\"+9990000000001\"}"}`,
    ],
    [
      "behind a word and a hyphen",
      '{"bizOpaqueCallbackData":"order-5511987654321"}',
      '{"bizOpaqueCallbackData":"order-9990000000001"}',
    ],
    ["behind a word and an underscore", '"user_5511987654321"', '"user_9990000000001"'],
    ["in the id of a group", '"5511987654321-162@g.us"', '"9990000000001-162@g.us"'],
    ["with non-breaking spaces", '"to":"+55\u00a011\u00a098765\u202f4321"', '"to":"+9990000000001"'],
    ["with escaped ones", String.raw`"call +55\u00a011\u00a098765-4321"`, '"call +9990000000001"'],
    ["with non-breaking spaces and no plus", '"to":"55\u00a011\u00a098765-4321"', '"to":"9990000000001"'],
    ["encoded in some text", "sent to=%2B5511987654321", "sent to=%2B9990000000001"],
  ])("%s", (_, shown, redacted) => {
    expect(redactor().text(shown)).toBe(redacted);
  });

  it("in a form", () => {
    const headers = { "content-type": "application/x-www-form-urlencoded; charset=utf-8" };
    const { body } = exchanged(headers, { sent: "to=%2B55+%2811%29+98765-4321&token=5ecret" }).request;
    expect(body).toBe("to=%2B9990000000001&token=redacted");
  });
});

describe("what is no phone number stays", () => {
  it.each([
    "call_01KWM7WSC06Z4T8QK2N5W7RXDH conv_01234567890123456789012345",
    "12345678-1234-4234-8234-123456789012",
    String.raw`"o=- 46117314 12345678 IN IP4 0.0.0.0\r\na=ssrc:1234567890 msid:a-12345678"`,
    '{"at":1768550400,"offset":-12345678,"ratio":12345678.25,"day":"2026-07-03T15:00:00.000Z"}',
  ])("%s", (text) => {
    expect(redactor().text(text)).toBe(text);
  });
});

describe("a secret is hidden", () => {
  it.each([
    [
      "behind an escaped ampersand",
      String.raw`{"wsUrl":"wss://m/ws?a=1\u0026token=SECRET"}`,
      '{"wsUrl":"wss://m/ws?a=1&token=redacted"}',
    ],
    [
      "in JSON inside JSON",
      String.raw`{"b":"{\"token\":\"SEC\\\"RET\",\"n\":1}"}`,
      String.raw`{"b":"{\"token\":\"redacted\",\"n\":1}"}`,
    ],
    [
      "in a user's place, its slashes escaped",
      String.raw`"https:\/\/joe:SECRET@example.com"`,
      String.raw`"https:\/\/redacted@example.com"`,
    ],
    ["at the start of a form", "client_secret=SECRET&a=b", "client_secret=redacted&a=b"],
  ])("%s", (_, shown, redacted) => {
    expect(redactor().text(shown)).toBe(redacted);
  });

  it.each([
    "apikey",
    "apiKey",
    "x-api-key",
    "access_token",
    "webhookSecret",
    "Authorization",
    "hubSignature",
    "passwordAgain",
  ])("in the field %s", (name) => {
    expect(redactor().text(JSON.stringify({ [name]: "SECRET", n: 1 }))).toBe(
      JSON.stringify({ [name]: "redacted", n: 1 }),
    );
  });

  it.each([
    ...["authorization", "proxy-authorization", "cookie", "set-cookie", "x-hub-signature-256", "webhook-signature"],
    ...["apikey", "x-auth-token", "x-webhook-secret", "sandbox-control-token"],
  ])("in the header %s", (name) => {
    expect(exchanged({ [name]: "SECRET" }).request.headers).toEqual({ [name]: "redacted" });
  });

  it("but nothing in headers that open no door", () => {
    const headers = {
      "x-sandbox-behaviour": "busy",
      "idempotency-key": "order-42",
      "www-authenticate": "Bearer",
      ":authority": "example.com",
    };
    expect(exchanged(headers).request.headers).toEqual(headers);
  });
});

describe("a key that was sent is hidden wherever an answer repeats it", () => {
  it.each([
    [{ "x-api-key": "LIVEnoPrefix123" }, "LIVEnoPrefix123"],
    [{ "x-api-key": "ps_LIVEid123" }, "LIVEid123"],
    [{ "x-api-key-id": "LIVEid123" }, "ps_LIVEid123"],
    [{ authorization: "Bearer LIVE.no+prefix" }, "LIVE.no+prefix"],
  ])("%j", (headers, repeated) => {
    const { body } = exchanged(headers, { received: JSON.stringify({ error: `unknown key ${repeated}` }) }).response;
    expect(JSON.parse(body ?? "")).toEqual({ error: expect.stringMatching(/^unknown key (?:ps_)?redacted$/) });
  });

  it("unless it is a name or a number of the JSON itself", () => {
    const received = '{"callbackUrl":12345678901234567890}';
    for (const key of ["callbackUrl", "12345678901234567890"])
      expect(exchanged({ "x-api-key": key }, { received }).response.body).toBe(received);
  });
});

test("of an SDP, the user, the CNAME and the keys of its media are hidden", () => {
  const sdp = [
    "v=0",
    "o=joe 5511987654321 1 IN IP4 203.0.113.4",
    "a=candidate:1 1 udp 1 203.0.113.4 9 typ srflx raddr 192.168.7.9 rport 9",
    "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj|2^20|1:4",
    "a=ssrc:1234567890 cname:joe@203.0.113.4",
    "",
  ].join("\r\n");
  const redacted = [
    "v=0",
    "o=- 5511987654321 1 IN IP4 0.0.0.0",
    "a=candidate:1 1 udp 1 0.0.0.0 9 typ srflx raddr 0.0.0.0 rport 9",
    `a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:${"A".repeat(40)}|2^20|1:4`,
    "a=ssrc:1234567890 cname:redacted",
    "",
  ].join("\r\n");
  expect(redactor().text(sdp)).toBe(redacted);
  expect(JSON.parse(redactor().text(JSON.stringify({ sdp })))).toEqual({ sdp: redacted });
});

test("escapes that JSON needs stay, and so does what only looks like one", () => {
  const json = String.raw`{"a":"\u0022\u005c\u000a\ud83d\ude00 C:\\users \"\u0000\""}`;
  expect(redactor().text(json)).toBe(json);
});

// A body is up to 2 MiB of whatever a stranger sends. What looks at a run again from each of its parts takes minutes.
test.each(["\\", '\\"', '"token', "&token=", "+1", "a-", "o=", '"to":\u00a0'])(
  "a long run of %j is read once",
  (part) => {
    expect(redactor().text(`${part.repeat(400_000 / part.length)}\\u`).length).toBeGreaterThan(0);
  },
  2_000,
);

test("a long run of backslashes behind a secret name is read once", () => {
  expect(redactor().text(`"key":${"\\".repeat(400_000)}`)).toContain("key");
}, 2_000);
