import { expect, test } from "vitest";
import { parseWebhook } from "../../../contracts/client/index.ts";
import { Crm } from "../../../contracts/consumers/crm/crm.ts";
import { callId, contract, eachLike, equal, integer, like, regex } from "./support/contract.ts";

const phone = "5511988887777";
const wacid =
  "wacid.HBgNNTUxMTk4ODg4Nzc3NxUCABIYIDdGM0E5QzUxRTJCODREMDZBMUM1RDlFMDdCNDJGNjgzHBgMNTUxMTQwMDAwMDAxFQIAAA==";
const meta = { provider: "META" };
const evoGo = { provider: "EVO_GO" };

await contract("crm", (pact) => {
  const about = { id: like(callId), peerNumber: like(phone) };

  /** A message, as the CRM takes it, and what the CRM knows afterwards. */
  const taken = (
    state: readonly [name: string, parameters: Record<string, string | boolean>],
    description: string,
    content: object,
    then: (crm: Crm) => void,
  ) =>
    pact
      .addAsynchronousInteraction()
      .given(...state)
      .expectsToReceive(description, (message) => message.withJSONContent(content))
      .executeTest(async ({ contents }) => {
        const crm = new Crm();
        crm.take(parseWebhook(JSON.stringify(contents.content)));
        then(crm);
      });

  const says = (text: string) => (crm: Crm) => expect(crm.activitiesOf(phone)).toEqual([{ callId, text }]);

  test("CLIENT-027: call.ringing of both directions", async () => {
    const ringing = { event: "call.ringing", ...about };
    await taken(
      ["a call rings", { ...meta, direction: "INBOUND" }],
      "call.ringing for an inbound call",
      { ...ringing, direction: "INBOUND" },
      says("calls us"),
    );
    await taken(
      ["a call rings", { ...evoGo, direction: "OUTBOUND" }],
      "call.ringing for an outbound call",
      { ...ringing, direction: "OUTBOUND" },
      says("is being called"),
    );
  });

  test("CLIENT-027: call.connected", async () => {
    await taken(
      ["a call was answered", { ...evoGo, direction: "OUTBOUND" }],
      "call.connected for an outbound call",
      { event: "call.connected", ...about },
      says("talks to us"),
    );
  });

  test("CLIENT-027: call.ended, answered or not", async () => {
    const ended = { event: "call.ended", ...about };
    await taken(
      ["a call ended", { ...meta, answered: true }],
      "call.ended for a call that was answered",
      { ...ended, durationSeconds: integer(63) },
      says("talked for 63 s"),
    );
    await taken(
      ["a call ended", { ...meta, answered: false }],
      "call.ended for a call that nobody answered",
      { ...ended, status: regex("^(COMPLETED|FAILED|REJECTED)$", "COMPLETED") },
      says("did not answer"),
    );
  });

  test("CLIENT-027: call.missed", async () => {
    await taken(
      ["a call was missed", meta],
      "call.missed for an inbound call",
      { event: "call.missed", ...about },
      says("called and was not answered: call back"),
    );
  });

  test("CLIENT-027: call.permission_updated, yes, yes for good and no", async () => {
    const answers = [
      ["a yes for seven days", { response: "accept", permanent: false }, "TEMPORARY", true],
      ["a yes for good", { response: "accept", permanent: true }, "PERMANENT", true],
      ["a no", { response: "reject" }, "NO_PERMISSION", false],
    ] as const;
    for (const [answer, reply, status, mayCall] of answers) {
      await taken(
        ["a person answered a permission request", reply],
        `call.permission_updated for ${answer}`,
        { event: "call.permission_updated", peerNumber: like(phone), status },
        (crm) => expect(crm.mayCall(phone)).toBe(mayCall),
      );
    }
  });

  test("CLIENT-027: Meta's own calls envelopes", async () => {
    const at = "1783090800";
    const common = { id: regex("^wacid\\..+$", wacid), timestamp: regex("^\\d+$", at) };
    const reports = [
      [
        "connect",
        "calls for the connect of a call",
        { calls: eachLike({ ...common, event: equal("connect") }) },
        "connect",
      ],
      [
        "status",
        "calls for the status of an outbound call",
        { statuses: eachLike({ ...common, status: regex("^(RINGING|ACCEPTED|REJECTED)$", "RINGING") }) },
        "RINGING",
      ],
      [
        "terminate",
        "calls for the end of a call",
        { calls: eachLike({ ...common, event: equal("terminate") }) },
        "terminate",
      ],
    ] as const;
    for (const [event, description, value, what] of reports) {
      await taken(
        ["Meta reports a call", { event }],
        description,
        { entry: eachLike({ changes: eachLike({ field: equal("calls"), value }) }) },
        (crm) => expect(crm.metaRecords).toEqual([{ wacid, what, at }]),
      );
    }
  });
});
