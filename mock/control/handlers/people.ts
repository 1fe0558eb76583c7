import { callDto, callWithSdpDto } from "../../api/dto/call.ts";
import { answered, declined } from "../../api/outcome.ts";
import type { PersonAction } from "../../domain/commands.ts";
import { refuse } from "../../domain/refusals/refusal.ts";
import { contactDto } from "../dto/contact.ts";
import { callNamed, numberNamed, phoneIn, placeNamed, refuseScript } from "../find.ts";
import type { ControlHandler, ControlRequest } from "../handler.ts";

/** `POST /_sandbox/worlds/{w}/inbound-calls` */
export const createInboundCall: ControlHandler<"createInboundCall"> = (sandbox, { path, body }) => {
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
  return answered(callWithSdpDto(call, world.state.calls.sdp(call.id)), call.id);
};

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
  const { world } = found.place;
  const callId = named.call.id;
  const decision = world.dispatch({ type: "actAsPerson", callId, action: actionOf(body), step: null });
  if (!decision.ok) return declined(decision.refusal);
  return answered(callDto(world.state.calls.get(callId) ?? named.call), callId);
};

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
  const decision = world.dispatch({
    type: "replyToPermissionRequest",
    numberId: named.number.id,
    phone: phone.phone,
    response: body.response,
    permanent: body.permanent ?? false,
  });
  return decision.ok ? answered(contactDto(world.state, phone.phone, world.clock.now())) : declined(decision.refusal);
};
