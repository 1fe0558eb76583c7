import { describe, expect, it } from "vitest";
import type { ReceivedResponse, SentRequest } from "../../../contracts/exchange/exchange.ts";
import { judgeRequest, judgeResponse } from "../../../contracts/exchange/judge.ts";

const get = (target: string): SentRequest => ({ method: "GET", target, headers: {}, body: null });
const post = (target: string, body: unknown): SentRequest => ({
  method: "POST",
  target,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});
const answer = (status: number, body: unknown, type = "application/json"): ReceivedResponse => ({
  status,
  headers: { "content-type": type },
  body: JSON.stringify(body),
});

describe("a request held against the document", () => {
  it.each<[string, SentRequest, string]>([
    ["a parameter out of its range", get("/v1/calls?limit=0"), "limit must be"],
    ["an unknown path", get("/v1/phones"), "nothing at /v1/phones"],
    [
      "a method that the path lacks",
      get("/v1/calls/call_1/accept"),
      "has POST at /v1/calls/call_1/accept, but not GET",
    ],
    ["a missing field", post("/v1/calls", {}), "to is required"],
    ["a body of another type", { ...post("/v1/calls", {}), headers: { "content-type": "text/plain" } }, "must be JSON"],
  ])("departs with %s", async (_, request, message) => {
    expect(await judgeRequest(request)).toEqual([
      expect.objectContaining({ in: "request", message: expect.stringContaining(message) }),
    ]);
  });

  it("departs at each parameter that is wrong, each by its name", async () => {
    const departures = await judgeRequest(get("/v1/calls?limit=0&before=noon"));
    expect(departures.map(({ path }) => path)).toEqual(["query.limit", "query.before"]);
  });

  it("departs nowhere when it is as documented, under both prefixes", async () => {
    expect(await judgeRequest(post("/v1/calls", { to: "+5511999999999" }))).toEqual([]);
    expect(await judgeRequest(get("/api/v1/calls?limit=5"))).toEqual([]);
  });
});

describe("an answer held against the document", () => {
  const started = { id: "call_01HZX00000000000000000000A", externalCallId: "A".repeat(32), status: "INITIATED" };

  it("departs nowhere when it is as documented", async () => {
    expect(await judgeResponse(post("/v1/calls", {}), answer(201, started))).toEqual([]);
  });

  it.each<[string, ReceivedResponse, string, string]>([
    ["a status that isn't documented", answer(418, started), "", "418"],
    ["no content, where some is documented", { status: 204, headers: {}, body: null }, "", "204"],
    ["a missing field", answer(201, { id: started.id, status: "INITIATED" }), "externalCallId", "is missing"],
    ["a field too many", answer(201, { ...started, extra: 1 }), "extra", "is not a field"],
    ["a field of another type", answer(201, { ...started, status: 3 }), "status", "must be"],
    [
      "a code that the operation doesn't list",
      answer(400, { error: "x", code: "INVALID_LIMIT" }),
      "code",
      "INVALID_LIMIT",
    ],
    ["another content type", answer(201, started, "text/html"), "", "text/html"],
    ["what isn't JSON", { ...answer(201, null), body: "<html>" }, "", "can't be read as JSON"],
  ])("departs with %s", async (_, response, path, message) => {
    expect(await judgeResponse(post("/v1/calls", {}), response)).toEqual([
      { in: "response", path, message: expect.stringContaining(message) },
    ]);
  });

  it("names places inside lists as people write them", async () => {
    const [departure] = await judgeResponse(get("/v1/calls"), answer(200, { calls: [{ id: 5 }] }));
    expect(departure?.path).toMatch(/^calls\[0\]/);
  });
});
