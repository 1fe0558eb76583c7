import type { components } from "../../../spec/generated/openapi.ts";
import type { BusinessNumber } from "../../domain/number.ts";
import type { WorldState } from "../../domain/state.ts";
import { isoTime } from "../../domain/time.ts";

export type NumberDto = components["schemas"]["Number"];

/** The numbers API has names of its own for the providers (pilot-status §3, §8 row 25). */
const publicProvider = { META: "META", EVO_GO: "PILOT_STATUS", OTHER: "EVOLUTION" } as const;

/** A business number as `GET /v1/numbers` shows it; keys only by their ends (NUM-006). */
export function numberDto(state: WorldState, number: BusinessNumber): NumberDto {
  const keys = [...state.keys.values()].filter((key) => key.scope === "number" && key.numberId === number.id);
  return {
    id: number.id,
    instanceName: number.instanceName,
    number: number.number,
    name: number.name,
    provider: publicProvider[number.provider],
    apiKeys: keys.map(({ name, secret }) => ({ name, keyPrefix: secret.slice(0, 7), keyLast4: secret.slice(-4) })),
    ...connection(number),
    createdAt: isoTime(number.createdAt),
    updatedAt: isoTime(number.updatedAt),
  };
}

/** Connected means OPEN (pilot-status §3.14). */
export function connection(number: BusinessNumber): { state: "OPEN" | "CLOSE"; isFullyConnected: boolean } {
  return { state: number.connected ? "OPEN" : "CLOSE", isFullyConnected: number.connected };
}
