import { callOfNumber } from "../../domain/decide/find.ts";
import { refuse } from "../../domain/refusals/refusal.ts";
import { parseInstant } from "../../domain/time.ts";
import { callDto, callWithSdpDto } from "../dto/call.ts";
import type { NumberHandler } from "../handler.ts";
import { answered, declined } from "../outcome.ts";

/** `GET /v1/calls` */
export const listCalls: NumberHandler<"listCalls"> = ({ place, number, query }) => {
  const before = query.before === undefined ? null : parseInstant(query.before);
  if (query.before !== undefined && before === null) {
    return declined(
      refuse("INVALID_BEFORE", {
        message: `before must be a date or date-time that exists, but was ${JSON.stringify(query.before)}. Use the createdAt of the last call on the page.`,
        behaviour: "CALL-LIST-014",
      }),
    );
  }
  const calls = place.world.state.calls.page(number.id, query.limit ?? 25, before);
  return answered({ calls: calls.map(callDto) });
};

/** `GET /v1/calls/{callId}` */
export const getCall: NumberHandler<"getCall"> = ({ place, number, path, query }) => {
  const found = callOfNumber(place.world.state, number.id, path.callId);
  if (!found.ok) return declined(found.refusal);
  const { call } = found;
  const withSdp = query.includeSdp === "1" || query.includeSdp === "true";
  return answered(withSdp ? callWithSdpDto(call, place.world.state.calls.sdp(call.id)) : callDto(call), call.id);
};
