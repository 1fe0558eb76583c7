import { expect, test } from "vitest";
import { Softphone } from "../../../contracts/consumers/support-softphone/softphone.ts";
import { answer, offer } from "../../support/sandbox.ts";
import { callId, contract, eachLike, like, ofCall, refusal, regex } from "./support/contract.ts";

const key = { "x-api-key": "ps_sandbox_meta" };
const provider = { provider: "META" };
const nobody = "call_00000000000000000000000000";
const sdpOffer = offer.replace("a=setup:active", "a=setup:actpass");

await contract("support-softphone", (pact) => {
  const softphone = ({ url }: { readonly url: string }) =>
    new Softphone(url, key["x-api-key"], async (given) => {
      expect(given).toBe(sdpOffer);
      return answer;
    });

  const ringing = () => pact.addInteraction().given("a ringing inbound call", provider);

  const list = (state: string, calls: unknown) =>
    pact
      .addInteraction()
      .given("a connected number", provider)
      .given(state, state === "no calls" ? {} : provider)
      .uponReceiving(`the list of calls, with ${state}`)
      .withRequest("GET", "/v1/calls", (request) => request.query({ limit: "50" }).headers(key))
      .willRespondWith(200, (response) => response.jsonBody({ calls }));

  const read = () =>
    ringing()
      .uponReceiving("a ringing call with its SDP offer")
      .withRequest("GET", ofCall(), (request) => request.query({ includeSdp: "1" }).headers(key))
      .willRespondWith(200, (response) => response.jsonBody({ sdpOffer: regex("^v=0\\r\\n[\\s\\S]+$", sdpOffer) }));

  const withAnswer = (interaction: ReturnType<typeof ringing>, description: string, action: string) =>
    interaction
      .uponReceiving(description)
      .withRequest("POST", ofCall(`/${action}`), (request) =>
        request.headers(key).jsonBody({ sdp: like(answer), sdpType: "answer" }),
      );

  const preAccept = () =>
    withAnswer(ringing(), "the early answer to a ringing call", "pre-accept").willRespondWith(200);

  const reject = (interaction: ReturnType<typeof ringing>, description: string) =>
    interaction.uponReceiving(description).withRequest("POST", ofCall("/reject"), (request) => request.headers(key));

  test("CLIENT-025: the list shows who is calling", async () => {
    const peerNumber = "5511988887777";
    const shown = { id: like(callId), peerNumber: like(peerNumber), status: "RINGING", direction: "INBOUND" };
    await list("a ringing inbound call", eachLike(shown)).executeTest(async (server) =>
      expect(await softphone(server).waiting()).toEqual([{ id: callId, peerNumber }]),
    );
  });

  test("CLIENT-025: without calls the list is empty", async () => {
    await list("no calls", []).executeTest(async (server) => expect(await softphone(server).waiting()).toEqual([]));
  });

  test("CLIENT-025: a call is taken with its offer, an early answer and the answer", async () => {
    read();
    preAccept();
    await withAnswer(ringing(), "the answer to a ringing call", "accept")
      .willRespondWith(200)
      .executeTest(async (server) => expect(await softphone(server).take(callId)).toBe("talking"));
  });

  test("CLIENT-025: a call that another agent has taken meanwhile is lost, not an error", async () => {
    read();
    preAccept();
    const answered = pact.addInteraction().given("an answered call", { ...provider, direction: "INBOUND" });
    await withAnswer(answered, "the answer to a call that was answered", "accept")
      .willRespondWith(400, (response) =>
        response.jsonBody({
          ...refusal("INVALID_CALL_STATE", "An answered call can't be accepted."),
          details: { status: "ACCEPTED" },
        }),
      )
      .executeTest(async (server) => expect(await softphone(server).take(callId)).toBe("taken"));
  });

  test("CLIENT-025: a call that the number doesn't have is gone", async () => {
    await pact
      .addInteraction()
      .given("a connected number", provider)
      .uponReceiving("a call that doesn't exist")
      .withRequest("GET", `/v1/calls/${nobody}`, (request) => request.query({ includeSdp: "1" }).headers(key))
      .willRespondWith(404, (response) => response.jsonBody(refusal("CALL_NOT_FOUND", "This number has no such call.")))
      .executeTest(async (server) => expect(await softphone(server).take(nobody)).toBe("gone"));
  });

  test("CLIENT-025: a call is declined", async () => {
    await reject(ringing(), "the refusal of a ringing call")
      .willRespondWith(200)
      .executeTest(async (server) => expect(await softphone(server).decline(callId)).toBe("declined"));
  });

  test("CLIENT-025: a call whose caller gave up can't be declined any more", async () => {
    const ended = pact.addInteraction().given("an ended call", provider);
    await reject(ended, "the refusal of an ended call")
      .willRespondWith(400, (response) =>
        response.jsonBody(refusal("INVALID_CALL_STATE", "A call that is over can't be rejected.")),
      )
      .executeTest(async (server) => expect(await softphone(server).decline(callId)).toBe("gone"));
  });
});
