import { isMap } from "../../../mock/config/path.ts";
import type { Call, CallState, Person } from "../case.ts";
import { callNames } from "../needs.ts";
import { bodyOf, type Play } from "../play.ts";
import { StepFailed } from "../result.ts";
import { request } from "./send.ts";
import { skipWhatIsUsedUp } from "./used-up.ts";

type PersonAction = Person["person"]["action"];

/** What happens to an outbound call until it is in a state: a person's actions, in their order. */
const outbound: Readonly<Record<CallState, readonly PersonAction[] | null>> = {
  INITIATED: [],
  RINGING: ["ring"],
  ACCEPTED: ["ring", "answer"],
  COMPLETED: ["ring", "answer", "hang-up"],
  REJECTED: ["ring", "reject"],
  FAILED: ["fail"],
  MISSED: null,
};

/** The same for an inbound call, where the business acts too. */
const inbound: Readonly<Record<CallState, readonly (PersonAction | "accept" | "decline")[] | null>> = {
  INITIATED: null,
  RINGING: [],
  ACCEPTED: ["accept"],
  COMPLETED: ["accept", "hang-up"],
  REJECTED: ["decline"],
  FAILED: ["fail"],
  MISSED: ["hang-up"],
};

/** How long a call lasts that this step has answered and ended. */
const talk = "PT5S";

/** Brings about a call in a state, on either provider. */
export async function call(play: Play, { call: wanted }: Call): Promise<void> {
  const { direction, state, as } = wanted;
  const actions = direction === "OUTBOUND" ? outbound[state] : inbound[state];
  if (actions === null) throw new StepFailed(`No ${direction} call can be ${state}. Choose another state.`);
  const { id, externalCallId } = direction === "OUTBOUND" ? await place(play, wanted) : await receive(play, wanted);
  const [name, externalName] = callNames(as);
  play.names.set(name, id);
  play.names.set(externalName, externalCallId);
  for (const action of actions) await act(play, id, action);
}

async function place(play: Play, { with: to = "{person}", body = {} }: Call["call"]) {
  const phone = play.fill(to);
  if (play.stage.world !== null && play.case.provider === "META") {
    const { id, control } = play.stage.world;
    await control.putContact({ w: id, phone, permission: "permanent" });
  }
  const exchange = await request(play, { send: "POST /v1/calls", media: "offer", body: { to: phone, ...body } });
  const answer = bodyOf(exchange.response);
  skipWhatIsUsedUp(play, exchange, undefined);
  return idsOf(answer, `The call to ${phone}`);
}

async function receive(play: Play, { with: from = "{person}" }: Call["call"]) {
  const { id, control } = play.world;
  return control.createInboundCall({ w: id, from: play.fill(from), to: play.fill("{business}") });
}

async function act(play: Play, callId: string, action: PersonAction | "accept" | "decline"): Promise<void> {
  if (action === "accept" || action === "decline") return actAsBusiness(play, callId, action);
  const { id, control } = play.world;
  if (action === "hang-up") await control.advanceClock({ w: id, by: talk });
  await control.actAsPerson({ w: id, callId, action });
}

async function actAsBusiness(play: Play, callId: string, action: "accept" | "decline"): Promise<void> {
  const path = `POST /v1/calls/${callId}/${action === "accept" ? "accept" : "reject"}`;
  const { response } = await request(play, { send: path, ...(action === "accept" ? { media: "answer" } : {}) });
  if (response.status !== 200) throw new StepFailed(`${path} was answered ${response.status}: ${response.body}`);
}

function idsOf(body: unknown, what: string): { readonly id: string; readonly externalCallId: string } {
  const { id, externalCallId } = isMap(body) ? body : {};
  if (typeof id === "string" && typeof externalCallId === "string") return { id, externalCallId };
  throw new StepFailed(`${what} could not be placed: ${JSON.stringify(body)}`);
}
