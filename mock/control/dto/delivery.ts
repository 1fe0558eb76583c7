import type { components } from "../../../spec/generated/control.ts";
import type { Delivery } from "../../domain/delivery.ts";
import type { WorldState } from "../../domain/state.ts";
import { isoTime } from "../../domain/time.ts";

const statuses = { waiting: "PENDING", delivered: "DELIVERED", "given-up": "FAILED" } as const;

export function deliveryDto(state: WorldState, delivery: Delivery): components["schemas"]["Delivery"] {
  const { id, subscriptionId, event, callId, result, queuedAt, nextAt, payload, attempts } = delivery;
  const active = state.subscriptions.get(subscriptionId)?.active === true;
  return {
    id,
    subscriptionId,
    url: state.subscriptions.get(subscriptionId)?.url ?? "",
    event,
    callId,
    status: statuses[result],
    queuedAt: isoTime(queuedAt),
    nextAttemptAt: nextAt === null || !active ? null : isoTime(nextAt),
    payload: JSON.parse(payload),
    attempts: attempts.map((attempt) => ({ ...attempt, at: isoTime(attempt.at) })),
  };
}

/** The state of a delivery in the words of the control API. */
export function deliveryStatus({ result }: Delivery): (typeof statuses)[keyof typeof statuses] {
  return statuses[result];
}
