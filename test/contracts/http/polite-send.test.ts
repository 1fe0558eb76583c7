import { describe, expect, it } from "vitest";
import type { ReceivedResponse, SentRequest } from "../../../contracts/exchange/exchange.ts";
import { politeSend } from "../../../contracts/http/polite-send.ts";

const request: SentRequest = { method: "GET", target: "/v1/calls", headers: {}, body: null };

/** A service that gives these answers, and a clock that moves when somebody sleeps. */
function service(answers: readonly Partial<ReceivedResponse>[]) {
  let time = 0;
  const sentAt: number[] = [];
  const send = politeSend(
    async () => {
      const answer = answers[sentAt.length] ?? {};
      sentAt.push(time);
      return { status: 200, headers: {}, body: null, ...answer };
    },
    {
      requestsPerSecond: 4,
      now: () => time,
      sleep: async (milliseconds) => {
        time += milliseconds;
      },
    },
  );
  return { send, sentAt };
}

describe("CONF-008: a live service", () => {
  it("gets so many requests a second, and no more", async () => {
    const { send, sentAt } = service([]);
    for (let count = 0; count < 4; count++) await send(request);
    expect(sentAt).toEqual([0, 250, 500, 750]);
  });

  it("is asked once more after its Retry-After when it says 429", async () => {
    const { send, sentAt } = service([{ status: 429, headers: { "retry-after": "3" } }]);
    expect((await send(request)).status).toBe(200);
    expect(sentAt).toEqual([0, 3_000]);
  });

  it("is not asked again when it says 429 twice", async () => {
    const { send, sentAt } = service([{ status: 429 }, { status: 429 }]);
    expect((await send(request)).status).toBe(429);
    expect(sentAt).toEqual([0, 1_000]);
  });

  it("is not waited for longer than a minute", async () => {
    const { send, sentAt } = service([{ status: 429, headers: { "retry-after": "3600" } }]);
    expect((await send(request)).status).toBe(429);
    expect(sentAt).toEqual([0]);
  });
});
