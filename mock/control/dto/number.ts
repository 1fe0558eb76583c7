import type { components } from "../../../spec/generated/control.ts";
import type { BusinessNumber } from "../../domain/number.ts";
import type { WorldState } from "../../domain/state.ts";
import { isoTime } from "../../domain/time.ts";

type SandboxNumberDto = components["schemas"]["SandboxNumber"];

/** A number with its switches and its whole key: the control API hides nothing. */
export function sandboxNumberDto(state: WorldState, number: BusinessNumber): SandboxNumberDto {
  const key = [...state.keys.values()].find(({ id }) => id === number.keyId);
  const { id, keyId, name, connected, script, limits } = number;
  const common = {
    id,
    key: key?.secret ?? "",
    keyId,
    number: number.number,
    name,
    connected,
    script,
    limits,
    createdAt: isoTime(number.createdAt),
  };
  if (number.provider !== "META") return { ...common, provider: number.provider };
  const { messagingLimit, callsSubscribed, sipEnabled, restricted, paymentMethod, testNumber, allowList } = number;
  return {
    ...common,
    provider: "META",
    messagingLimit,
    callsSubscribed,
    sipEnabled,
    restricted,
    paymentMethod,
    testNumber,
    allowList,
  };
}
