import { expect, test } from "vitest";
import { CallsApi } from "../../../contracts/consumers/voice-agent/calls-api.ts";
import { callAndTalk, type Outcome } from "../../../contracts/consumers/voice-agent/voice-agent.ts";
import { callId, contract, like, ofCall, refusal, regex } from "./support/contract.ts";

const key = "ps_sandbox_evo";
const provider = { provider: "EVO_GO" };
const to = "+5511988887777";
const greeting = "https://cdn.example.com/greeting.mp3";
const wsUrl = "wss://media.example.com/call/media/realtime/ws/inst1/5D1E8A37C04F4B92A6E3F7018BC95D24?token=d3f4";

await contract("voice-agent", (pact) => {
  const inState = (state: string, parameters: Record<string, string> = provider) =>
    pact.addInteraction().given(state, parameters);

  const start = (interaction: ReturnType<typeof inState>, description: string, apiKey = key) =>
    interaction
      .uponReceiving(description)
      .withRequest("POST", "/v1/calls", (request) => request.headers({ "x-api-key": apiKey }).jsonBody({ to }));

  const started = () =>
    start(inState("a connected number"), "a call to a person").willRespondWith(201, (response) =>
      response.jsonBody({ id: like(callId) }),
    );

  const play = () =>
    inState("an outbound call that rings")
      .uponReceiving("a greeting for a call that rings")
      .withRequest("POST", ofCall("/play"), (request) =>
        request.headers({ "x-api-key": key }).jsonBody({ mediaUrl: like(greeting) }),
      )
      .willRespondWith(200);

  const read = (state: string, status: string) =>
    inState(state)
      .uponReceiving(`a look at ${state}`)
      .withRequest("GET", ofCall(), (request) => request.headers({ "x-api-key": key }))
      .willRespondWith(200, (response) => response.jsonBody({ status }));

  const openSession = () =>
    inState("an answered call")
      .uponReceiving("a realtime session for an answered call")
      .withRequest("POST", ofCall("/realtime-session"), (request) =>
        request.headers({ "x-api-key": key }).jsonBody({ mode: "talk" }),
      )
      .willRespondWith(200, (response) => response.jsonBody({ wsUrl: regex("^wss?://.+$", wsUrl) }));

  const hangUp = (state: string) =>
    inState(state)
      .uponReceiving(`the end of ${state}`)
      .withRequest("POST", ofCall("/terminate"), (request) => request.headers({ "x-api-key": key }));

  const errand = async ({ url }: { readonly url: string }, outcome: Outcome, sockets: string[], apiKey = key) => {
    const opened: string[] = [];
    const converse = async (socket: string) => {
      opened.push(socket);
    };
    expect(await callAndTalk(new CallsApi(url, apiKey), { to, greeting, converse })).toBe(outcome);
    expect(opened).toEqual(sockets);
  };

  test("CLIENT-026: a person is called, greeted, talked to and hung up on", async () => {
    started();
    play();
    read("an answered call", "ACCEPTED");
    openSession();
    await hangUp("an answered call")
      .willRespondWith(200)
      .executeTest((server) => errand(server, "talked", [wsUrl]));
  });

  test("CLIENT-026: a person who hangs up first leaves nothing to end", async () => {
    started();
    play();
    read("an answered call", "ACCEPTED");
    openSession();
    await hangUp("an ended call")
      .willRespondWith(400, (response) =>
        response.jsonBody(refusal("INVALID_CALL_STATE", "A call that is over can't be ended.")),
      )
      .executeTest((server) => errand(server, "talked", [wsUrl]));
  });

  test("CLIENT-026: a person who doesn't answer is not talked to", async () => {
    started();
    play();
    await read("an ended call", "COMPLETED").executeTest((server) => errand(server, "not answered", []));
  });

  test("CLIENT-026: a number that is not connected (409) is reported", async () => {
    const offline = "ps_sandbox_evo_offline";
    await start(inState("an EVO_GO number that is not connected", {}), "a call from an offline number", offline)
      .willRespondWith(409, (response) =>
        response.jsonBody(refusal("WHATSAPP_INSTANCE_NOT_CONNECTED", "This number is not connected.")),
      )
      .executeTest((server) => errand(server, "the number is offline", [], offline));
  });

  test("CLIENT-026: a number of another provider (FEATURE_NOT_SUPPORTED) is reported", async () => {
    const other = "ps_sandbox_other";
    await start(inState("a number of another provider", {}), "a call from a number of a third provider", other)
      .willRespondWith(400, (response) =>
        response.jsonBody(refusal("FEATURE_NOT_SUPPORTED", "Calling is only supported for META and EVO_GO.")),
      )
      .executeTest((server) => errand(server, "the number can't make calls", [], other));
  });
});
