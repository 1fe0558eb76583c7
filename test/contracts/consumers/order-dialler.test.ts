import { expect, test } from "vitest";
import { CallsApi } from "../../../contracts/consumers/order-dialler/calls-api.ts";
import { dial, type Outcome } from "../../../contracts/consumers/order-dialler/order-dialler.ts";
import { offer } from "../../support/sandbox.ts";
import { arrayContaining, callId, contract, like, refusal } from "./support/contract.ts";

const order = { id: "order-42", phone: "+5511999999999" };
const key = "ps_sandbox_meta";
const messageId = "wamid.HBgNNTUxMTk5OTk5OTk5ORUCABEYEjlDNEUxRjdBMkI2RDgwNTNFMQA=";

await contract("order-dialler", (pact) => {
  const inState = (state: string) => {
    const about = state === "calling is switched off" ? {} : { phone: order.phone };
    return pact.addInteraction().given("a connected number", { provider: "META" }).given(state, about);
  };

  const probe = (state: string, mayCall: boolean) =>
    inState(state)
      .uponReceiving(`a probe of ${state}`)
      .withRequest("GET", "/v1/calls/permissions", (request) =>
        request.query({ to: order.phone }).headers({ "x-api-key": key }),
      )
      .willRespondWith(200, (response) =>
        response.jsonBody({ actions: arrayContaining({ action_name: "start_call", can_perform_action: mayCall }) }),
      );

  const start = (description: string, interaction: ReturnType<typeof inState>) =>
    interaction.uponReceiving(description).withRequest("POST", "/v1/calls", (request) =>
      request.headers({ "x-api-key": key }).jsonBody({
        to: order.phone,
        sdp: like(offer),
        sdpType: "offer",
        bizOpaqueCallbackData: like(order.id),
      }),
    );

  const ask = (state: string) =>
    inState(state)
      .uponReceiving(`a permission request to ${state}`)
      .withRequest("POST", "/v1/calls/permissions/request", (request) =>
        request
          .headers({ "x-api-key": key })
          .jsonBody({ to: order.phone, text: like("May we call you about order-42?") }),
      );

  const asked = () =>
    ask("a person who allows no calls").willRespondWith(200, (response) =>
      response.jsonBody({ messageId: like(messageId) }),
    );

  const dials = async ({ url }: { readonly url: string }, outcome: Outcome) =>
    expect(await dial(new CallsApi(url, key), order, offer)).toEqual(outcome);

  test("CLIENT-024: a customer who allows calls is called", async () => {
    probe("a person who allows calls", true);
    await start("a call to a person who allows calls", inState("a person who allows calls"))
      .willRespondWith(201, (response) => response.jsonBody({ id: like(callId) }))
      .executeTest((server) => dials(server, { outcome: "calling", callId }));
  });

  test("CLIENT-024: a customer who allows no calls is asked", async () => {
    probe("a person who allows no calls", false);
    await asked().executeTest((server) => dials(server, { outcome: "asked", messageId }));
  });

  test("CLIENT-024: a customer who was asked today is not asked again", async () => {
    probe("a person who was asked for permission today", false);
    await ask("a person who was asked for permission today")
      .willRespondWith(400, (response) =>
        response.jsonBody(
          refusal("META_CALL_PERMISSION_REQUEST_LIMIT", "This person was asked once in the last 24 hours."),
        ),
      )
      .executeTest((server) => dials(server, { outcome: "waiting for permission" }));
  });

  test("CLIENT-024: a customer whose permission ended since the probe (138006) is asked", async () => {
    probe("a person who allows calls", true);
    start("a call to a person who allows no calls", inState("a person who allows no calls")).willRespondWith(
      400,
      (response) => response.jsonBody(refusal("META_CALL_PERMISSION_REQUIRED", "This person has not allowed calls.")),
    );
    await asked().executeTest((server) => dials(server, { outcome: "asked", messageId }));
  });

  test("CLIENT-024: at Meta's limit of calls (138012) the dialler waits for tomorrow", async () => {
    probe("a person who allows calls", true);
    const atTheLimit = inState("a person who allows calls").given("the daily call limit is reached", {
      phone: order.phone,
    });
    await start("a call above the daily limit", atTheLimit)
      .willRespondWith(400, (response) =>
        response.jsonBody(refusal("META_CALL_LIMIT", "100 calls were connected in the last 24 hours.")),
      )
      .executeTest((server) => dials(server, { outcome: "try again tomorrow" }));
  });

  test("CLIENT-024: a number on which calling is switched off (138000) is reported", async () => {
    probe("a person who allows calls", true);
    await start("a call while calling is switched off", inState("calling is switched off"))
      .willRespondWith(400, (response) =>
        response.jsonBody(refusal("META_CALLING_NOT_ENABLED", "Calling is not enabled on this number.")),
      )
      .executeTest((server) => dials(server, { outcome: "calling is switched off" }));
  });
});
