import { isMap, itemsOf } from "../../../mock/config/path.ts";
import { jsonOf } from "../../exchange/json-of.ts";
import type { RecordedExchange } from "../recording.ts";

export type Direction = "INBOUND" | "OUTBOUND";

/** Which call was whose and how it stood, by all of its ids, as far as answers have shown it. */
export class CallMemory {
  readonly #directions = new Map<string, Direction>();
  readonly #statuses = new Map<string, string>();
  /** The other id of a call, of its own and its provider's. */
  readonly #otherIds = new Map<string, string>();

  /** Who called whom; an unknown call is taken for a person's. */
  direction(callId: string): Direction {
    return this.#directions.get(callId) ?? "INBOUND";
  }

  /** How a call stood when an answer showed it last; null where none did. */
  status(callId: string): string | null {
    return this.#statuses.get(callId) ?? null;
  }

  learn({ operation, response }: RecordedExchange): void {
    const body = jsonOf(response.body);
    if (!isMap(body)) return;
    if (operation === "startCall") this.#keep(body, "OUTBOUND");
    for (const call of [body, ...itemsOf(body["calls"])]) {
      if (!isMap(call)) continue;
      if (call["direction"] === "INBOUND" || call["direction"] === "OUTBOUND") this.#keep(call, call["direction"]);
      this.#keepStatus(call);
    }
  }

  /** Answers to actions hold one of the ids only. */
  #keepStatus({ id, externalCallId, status }: Readonly<Record<string, unknown>>): void {
    if (typeof id !== "string" || typeof status !== "string") return;
    if (typeof externalCallId === "string") this.#otherIds.set(id, externalCallId);
    for (const name of [id, this.#otherIds.get(id)]) if (name !== undefined) this.#statuses.set(name, status);
  }

  #keep(call: Readonly<Record<string, unknown>>, direction: Direction): void {
    for (const id of [call["id"], call["externalCallId"]])
      if (typeof id === "string") this.#directions.set(id, direction);
  }
}
