import { callDto, callWithSdpDto } from "../../api/dto/call.ts";
import { answered, declined } from "../../api/outcome.ts";
import type { PersonAction } from "../../domain/commands.ts";
import type { BusinessNumber } from "../../domain/number.ts";
import { type Refusal, refuse } from "../../domain/refusals/refusal.ts";
import type { World } from "../../world/world.ts";
import { contactDto } from "../dto/contact.ts";
import { callNamed, numberNamed, phoneIn, placeNamed, refuseScript } from "../find.ts";
import type { ControlHandler, ControlRequest, Sandboxed } from "../handler.ts";

/** `POST /_sandbox/worlds/{w}/inbound-calls` */
export const createInboundCall: ControlHandler<"createInboundCall"> = async (sandbox, { path, body }) => {
  const found = placeNamed(sandbox, path.w);
  if (!found.ok) return found;
  const unknownScript = refuseScript(sandbox.scripts, body.script);
  if (unknownScript !== null) return declined(unknownScript);
  const to = numberNamed(found.place, body.to);
  if (!to.ok) return to;
  const from = phoneIn("from", body.from);
  if (!from.ok) return from;
  if (to.number.provider === "OTHER") return declined(numberWithoutCalling());
  const { world } = found.place;
  const decision = world.dispatch({
    type: "callBusiness",
    numberId: to.number.id,
    from: from.phone,
    script: body.script ?? null,
    sdp: body.sdp ?? null,
    deeplinkPayload: body.deeplinkPayload ?? null,
    ctaPayload: body.ctaPayload ?? null,
  });
  if (!decision.ok) return declined(decision.refusal);
  const received = decision.events.find((event) => event.type === "call.received");
  const call = received && world.state.calls.get(received.callId);
  if (call === undefined) throw new Error("callBusiness was decided without a call");
  if (call.provider === "META") await sdpOffered(world, call.id);
  return answered(callWithSdpDto(world.state.calls.get(call.id) ?? call, world.state.calls.sdp(call.id)), call.id);
};

/** How long the answer waits for the offer of a peer, in milliseconds of real time; then it goes without. */
const longestOpeningMs = 5_000;

/** Resolves once a call has its offer, or has ended, or it takes too long. */
function sdpOffered(world: World, callId: string): Promise<void> {
  const there = () => world.state.calls.sdp(callId).offer !== null || !world.state.live.has(callId);
  if (there()) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      stop();
      ended();
      resolve();
    };
    const timer = setTimeout(done, longestOpeningMs);
    const stop = world.subscribe(() => {
      if (there()) done();
    });
    const ended = world.onClose(done);
  });
}

function numberWithoutCalling() {
  const reason = "numbers of this provider have no calling";
  return refuse("INBOUND_CALL_NOT_POSSIBLE", {
    message: `The person's call does not reach the business: ${reason}. Call a META or an EVO_GO number.`,
    behaviour: "CTRL-018",
    details: { reason },
  });
}

/** `POST /_sandbox/worlds/{w}/calls/{callId}/person` */
export const actAsPerson: ControlHandler<"actAsPerson"> = (sandbox, { path, body }) => {
  const found = placeNamed(sandbox, path.w);
  if (!found.ok) return found;
  const named = callNamed(found.place, path.callId);
  if (!named.ok) return named;
  const unreadable = body.pattern === undefined ? null : refusePattern(sandbox, body.pattern);
  if (unreadable !== null) return declined(unreadable);
  const { world } = found.place;
  const callId = named.call.id;
  const decision = world.dispatch({ type: "actAsPerson", callId, action: actionOf(body), step: null });
  if (!decision.ok) return declined(decision.refusal);
  return answered(callDto(world.state.calls.get(callId) ?? named.call), callId);
};

/** Refuses what nobody could say, with the part at fault (MEDIA-TONE-015). */
function refusePattern({ media }: Sandboxed, pattern: string): Refusal | null {
  const mistake = media.patternMistake(pattern);
  if (mistake === null) return null;
  return refuse("VALIDATION_ERROR", {
    message: `pattern can't be read at ${JSON.stringify(mistake.part)}: ${mistake.message}.`,
    behaviour: "MEDIA-TONE-015",
    details: { issues: [{ path: "pattern", message: mistake.message }] },
  });
}

/** The spec has made sure that each action has its own parameter. */
function actionOf({ action, code, pattern, digits }: ControlRequest<"actAsPerson">["body"]): PersonAction {
  switch (action) {
    case "fail":
      return { do: "fail", code: code ?? null };
    case "speak":
      return { do: "speak", pattern: pattern ?? "" };
    case "send-dtmf":
      return { do: "send-dtmf", digits: digits ?? "" };
    default:
      return { do: action };
  }
}

/** `PUT /_sandbox/worlds/{w}/contacts/{phone}` */
export const putContact: ControlHandler<"putContact"> = (sandbox, { path, body }) => {
  const found = placeNamed(sandbox, path.w);
  if (!found.ok) return found;
  const unknownScript = refuseScript(sandbox.scripts, body.script);
  if (unknownScript !== null) return declined(unknownScript);
  const phone = phoneIn("phone", path.phone);
  if (!phone.ok) return phone;
  const { world } = found.place;
  const decision = world.dispatch({ type: "putContact", ...body, phone: phone.phone });
  return decision.ok ? answered(contactDto(world.state, phone.phone, world.clock.now())) : declined(decision.refusal);
};

/** `POST /_sandbox/worlds/{w}/contacts/{phone}/permission-reply` */
export const replyToPermissionRequest: ControlHandler<"replyToPermissionRequest"> = (sandbox, { path, body }) => {
  const found = placeNamed(sandbox, path.w);
  if (!found.ok) return found;
  const phone = phoneIn("phone", path.phone);
  if (!phone.ok) return phone;
  const { world } = found.place;
  const firstMeta = [...world.state.numbers.values()].find(({ provider }) => provider === "META");
  const named = numberNamed(found.place, body.number ?? firstMeta?.number ?? "");
  if (!named.ok) return named;
  if (named.number.provider !== "META") return declined(numberWithoutPermissions(named.number));
  const decision = world.dispatch({
    type: "replyToPermissionRequest",
    numberId: named.number.id,
    phone: phone.phone,
    response: body.response,
    permanent: body.permanent ?? false,
  });
  return decision.ok ? answered(contactDto(world.state, phone.phone, world.clock.now())) : declined(decision.refusal);
};

/** Permissions are Meta's: to this operation the other numbers of the world don't exist. */
function numberWithoutPermissions({ number, provider }: BusinessNumber) {
  const refusal = refuse("NUMBER_NOT_FOUND", {
    message: `+${number} is an ${provider} number, and only META numbers need permission. Name a META number, or none.`,
    behaviour: "CTRL-004",
  });
  return { ...refusal, status: 404 };
}
