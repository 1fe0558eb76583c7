import type { Call, CallStatus } from "../../domain/call.ts";
import type { Command } from "../../domain/commands.ts";
import { type Refusal, refuse } from "../../domain/refusals/refusal.ts";
import type { AudioDesk, UrlFault } from "../audio-desk.ts";
import type { NumberHandler, NumberRequest, WaitingHandler } from "../handler.ts";
import { answered, declined } from "../outcome.ts";

/** `POST /v1/calls/{callId}/accept` */
export const acceptCall: NumberHandler<"acceptCall"> = (request) =>
  act(request, { type: "acceptCall", ...target(request), sdp: request.body?.sdp ?? null }, () => "ACCEPTED");

/** `POST /v1/calls/{callId}/pre-accept` */
export const preAcceptCall: NumberHandler<"preAcceptCall"> = (request) =>
  act(request, { type: "preAcceptCall", ...target(request), sdp: request.body.sdp ?? null }, () => "RINGING");

/** `POST /v1/calls/{callId}/reject` */
export const rejectCall: NumberHandler<"rejectCall"> = (request) =>
  act(request, { type: "rejectCall", ...target(request) }, () => "REJECTED");

/** `POST /v1/calls/{callId}/terminate` */
export const terminateCall: NumberHandler<"terminateCall"> = (request) =>
  act(request, { type: "terminateCall", ...target(request) }, () => "COMPLETED");

/**
 * `POST /v1/calls/{callId}/play`; of the two documented names of the field, `mediaUrl` wins (pilot-status §8 row 1).
 *
 * @param audio judges the address, which may take a look-up of its name
 */
export const playAudio =
  (audio: AudioDesk): WaitingHandler<"playAudio"> =>
  async (request) => {
    const { mediaUrl, audioUrl } = request.body;
    const url = mediaUrl ?? audioUrl ?? "";
    const path = mediaUrl === undefined ? "audioUrl" : "mediaUrl";
    const fault = await audio.judge(url, request.place.world.state.rules.strict);
    if (fault !== null) return declined(refuseUrl(path, fault));
    return act(request, { type: "playAudio", ...target(request), url }, openStatus);
  };

function refuseUrl(path: string, { behaviour, message, remedy }: UrlFault): Refusal {
  return refuse("VALIDATION_ERROR", {
    message: `The body is not valid: ${path} ${message}. ${remedy}`,
    behaviour,
    details: { issues: [{ path, message: `${path} ${message}` }] },
  });
}

type Target = Pick<NumberRequest<"rejectCall">, "place" | "number" | "path">;

function target({ number, path }: Target) {
  return { numberId: number.id, callRef: path.callId };
}

/** All five answer alike: success, the call's own id, and the status that the action has led to. */
function act<S extends CallStatus>({ place, number, path }: Target, command: Command, statusOf: (call: Call) => S) {
  const decision = place.world.dispatch(command);
  if (!decision.ok) return declined(decision.refusal);
  const call = place.world.state.calls.find(number.id, path.callId);
  if (call === undefined) throw new Error(`The call ${path.callId} is gone after ${command.type}`);
  return answered({ success: true as const, id: call.id, status: statusOf(call) }, call.id);
}

/** A queued play answers with the present status; an ended call has been refused before. */
function openStatus(call: Call): "INITIATED" | "RINGING" | "ACCEPTED" {
  if (call.status === "INITIATED" || call.status === "RINGING") return call.status;
  return "ACCEPTED";
}
