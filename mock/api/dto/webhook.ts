import type { components } from "../../../spec/generated/openapi.ts";
import { type Attempt, type Delivery, isSuccess } from "../../domain/delivery.ts";
import type { WorldState } from "../../domain/state.ts";
import type { Subscription } from "../../domain/subscription.ts";
import { isoTime } from "../../domain/time.ts";

/** A subscription as the API shows it; its signing secret never is (HOOK-SUB-020). */
export function webhookDto(state: WorldState, subscription: Subscription): components["schemas"]["Webhook"] {
  const { id, name, url, active, events, numberId, lastTriggeredAt } = subscription;
  const number = state.numbers.get(numberId);
  const keys = [...state.keys.values()].filter((key) => key.scope === "number" && key.numberId === numberId);
  return {
    id,
    tenantId: `tenant_${state.source.worldId}`,
    name,
    url,
    environment: "LIVE",
    active,
    events: [...events],
    apiKeys: keys.map((key) => ({ id: key.id, name: key.name })),
    lastTriggered: lastTriggeredAt === null ? null : isoTime(lastTriggeredAt),
    whatsappNumberIds: [numberId],
    whatsappInstanceIds: number === undefined ? [] : [number.instanceName],
    createdAt: isoTime(subscription.createdAt),
    updatedAt: isoTime(subscription.updatedAt),
  };
}

/** One attempt as the log shows it (HOOK-SUB-021). */
export function webhookLogDto({
  delivery,
  attempt,
}: {
  delivery: Delivery;
  attempt: Attempt;
}): components["schemas"]["WebhookLogEntry"] {
  return {
    event: delivery.event,
    status: isSuccess(attempt.status) ? "SUCCESS" : "FAILED",
    statusCode: attempt.status,
    payload: JSON.parse(delivery.payload),
    response: attempt.error ?? attempt.response,
    durationMs: attempt.durationMs,
    createdAt: isoTime(attempt.at),
  };
}
