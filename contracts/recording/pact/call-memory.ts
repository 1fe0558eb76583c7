import { isMap, itemsOf } from "../../../mock/config/path.ts";
import { jsonOf } from "../../exchange/json-of.ts";
import type { RecordedExchange } from "../recording.ts";

export type Direction = "INBOUND" | "OUTBOUND";

/** Which call was whose, by all of its ids, as far as answers have shown it. */
export class CallMemory {
  readonly #directions = new Map<string, Direction>();

  /** Who called whom; an unknown call is taken for a person's. */
  direction(callId: string): Direction {
    return this.#directions.get(callId) ?? "INBOUND";
  }

  learn({ operation, response }: RecordedExchange): void {
    const body = jsonOf(response.body);
    if (!isMap(body)) return;
    if (operation === "startCall") this.#keep(body, "OUTBOUND");
    for (const call of [body, ...itemsOf(body["calls"])]) {
      if (isMap(call) && (call["direction"] === "INBOUND" || call["direction"] === "OUTBOUND"))
        this.#keep(call, call["direction"]);
    }
  }

  #keep(call: Readonly<Record<string, unknown>>, direction: Direction): void {
    for (const id of [call["id"], call["externalCallId"]])
      if (typeof id === "string") this.#directions.set(id, direction);
  }
}
