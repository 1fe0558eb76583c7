import { describe, expect, test } from "vitest";
import { answer, offer } from "../support/sandbox.ts";
import { desk, person, type Side } from "./shared/side.ts";
import { callSuite } from "./shared-suite.ts";

const evoGo: Side = {
  provider: "EVO_GO",
  key: "evo",
  business: "551140000002",
  startBody: {},
  acceptBody: undefined,
  permit: async () => undefined,
  differences: {
    externalCallId: /^[0-9A-F]{32}$/,
    actions: {
      ringing: ["accept", "reject", "terminate", "play", "realtime-session"],
      live: ["terminate", "play", "realtime-session"],
    },
    unreachable: { errorCode: "UNREACHABLE" },
  },
};

callSuite(evoGo);

describe("the session descriptions of an EVO_GO call", () => {
  test("CALL-GET-011: are null with includeSdp=1 and left out without, whatever was sent", async () => {
    const at = desk(evoGo, { mode: "manual" });
    const inbound = await at.ring();
    await at.api("POST", `/calls/${inbound}/accept`, { sdp: answer });
    for (const id of [inbound, await at.start(person, { sdp: offer })]) {
      const { body } = await at.api("GET", `/calls/${id}?includeSdp=1`);
      expect(Object.keys(body)).toHaveLength(18);
      expect(body).toMatchObject({ sdpOffer: null, sdpAnswer: null });
      expect(Object.keys(await at.call(id))).toHaveLength(16);
    }
  });
});
