import { noSuchNumber, noSuchSubscription } from "../../domain/decide/subscriptions.ts";
import type { Delivery } from "../../domain/delivery.ts";
import { type Refusal, refuse } from "../../domain/refusals/refusal.ts";
import type { Subscription } from "../../domain/subscription.ts";
import { unboundKey } from "../authorise.ts";
import { webhookDto, webhookLogDto } from "../dto/webhook.ts";
import type { KeyHandler, KeyOperationId, KeyRequest } from "../handler.ts";
import { answered, declined } from "../outcome.ts";

/** `GET /v1/webhooks` */
export const listWebhooks: KeyHandler<"listWebhooks"> = (request) => {
  if (request.key.scope === "unbound") return declined(unboundKey());
  const { state } = request.place.world;
  return answered(inReach(request).map((subscription) => webhookDto(state, subscription)));
};

/** `POST /v1/webhooks` */
export const createWebhook: KeyHandler<"createWebhook"> = (request) => {
  const { place, body } = request;
  const number = numberMeant(request);
  if (!number.ok) return declined(number.refusal);
  const { url, name, events = [] } = body;
  const decision = place.world.dispatch({ type: "createSubscription", numberId: number.id, name, url, events });
  if (!decision.ok) return declined(decision.refusal);
  const created = decision.events.find((event) => event.type === "subscription.created");
  if (created === undefined) throw new Error("createSubscription was decided without a subscription");
  return answered(webhookDto(place.world.state, created.subscription));
};

/** `GET /v1/webhooks/{id}` */
export const getWebhook: KeyHandler<"getWebhook"> = (request) => {
  const found = webhookOf(request);
  return found.ok ? answered(webhookDto(request.place.world.state, found.subscription)) : declined(found.refusal);
};

/** `PATCH /v1/webhooks/{id}` */
export const updateWebhook: KeyHandler<"updateWebhook"> = (request) => {
  const found = webhookOf(request);
  if (!found.ok) return declined(found.refusal);
  const { url, name, events, active } = request.body;
  const change = {
    ...(url === undefined ? {} : { url }),
    ...(name === undefined ? {} : { name }),
    ...(events === undefined ? {} : { events }),
    ...(active === undefined ? {} : { active }),
  };
  const { world } = request.place;
  const decision = world.dispatch({ type: "updateSubscription", subscriptionId: found.subscription.id, change });
  if (!decision.ok) return declined(decision.refusal);
  return answered(webhookDto(world.state, world.state.subscriptions.get(found.subscription.id) ?? found.subscription));
};

/** `DELETE /v1/webhooks/{id}` */
export const deleteWebhook: KeyHandler<"deleteWebhook"> = (request) => {
  const found = webhookOf(request);
  if (!found.ok) return declined(found.refusal);
  const { world } = request.place;
  const decision = world.dispatch({ type: "deleteSubscription", subscriptionId: found.subscription.id });
  return decision.ok ? answered({ success: true as const }) : declined(decision.refusal);
};

/** `GET /v1/webhooks/{id}/logs`: one entry for every attempt, newest first. */
export const listWebhookLogs: KeyHandler<"listWebhookLogs"> = (request) => {
  const found = webhookOf(request);
  if (!found.ok) return declined(found.refusal);
  const { waiting, finished } = request.place.world.state.outbox;
  const mine = ({ subscriptionId, event }: Delivery) =>
    subscriptionId === found.subscription.id && (request.query.event ?? event) === event;
  const attempts = [...waiting.values(), ...finished.values()]
    .filter(mine)
    .flatMap((delivery) => delivery.attempts.map((attempt) => ({ delivery, attempt })))
    .sort((a, b) => b.attempt.at - a.attempt.at || b.delivery.ordinal - a.delivery.ordinal);
  return answered(attempts.slice(0, request.query.limit ?? 50).map(webhookLogDto));
};

type Asked = Pick<KeyRequest<KeyOperationId>, "place" | "key">;

/** A number's key sees its own number's, the tenant's key all of them (HOOK-SUB-024). */
function inReach({ place, key }: Asked): Subscription[] {
  const all = [...place.world.state.subscriptions.values()];
  return key.scope === "number" ? all.filter(({ numberId }) => numberId === key.numberId) : all;
}

type Found<T> = ({ readonly ok: true } & T) | { readonly ok: false; readonly refusal: Refusal };

function webhookOf(request: Asked & { readonly path: { readonly id: string } }): Found<{ subscription: Subscription }> {
  if (request.key.scope === "unbound") return { ok: false, refusal: unboundKey() };
  const subscription = inReach(request).find(({ id }) => id === request.path.id);
  return subscription === undefined
    ? { ok: false, refusal: noSuchSubscription(request.path.id) }
    : { ok: true, subscription };
}

/** The number of a new webhook: a number's key brings it, the tenant's key has to name it (HOOK-SUB-002 to -006). */
function numberMeant({ place, key, body, header }: KeyRequest<"createWebhook">): Found<{ id: string }> {
  if (key.scope === "unbound") return { ok: false, refusal: unboundKey() };
  const named = body.whatsappNumberId ?? header["x-whatsapp-number-id"];
  if (key.scope === "number") {
    return named === undefined || named === key.numberId
      ? { ok: true, id: key.numberId }
      : { ok: false, refusal: mismatch(key.numberId, named) };
  }
  if (named === undefined) return { ok: false, refusal: numberRequired() };
  return place.world.state.numbers.has(named) ? { ok: true, id: named } : { ok: false, refusal: noSuchNumber(named) };
}

function mismatch(own: string, named: string): Refusal {
  return refuse("NUMBER_MISMATCH", {
    message: `This key belongs to ${own}, not to ${JSON.stringify(named.slice(0, 80))}. Leave the number out, or use the key of the other number or of the tenant.`,
  });
}

function numberRequired(): Refusal {
  return refuse("NUMBER_REQUIRED", {
    message:
      "The tenant's key belongs to no number, so whatsappNumberId, or the header x-whatsapp-number-id, has to name one. GET /v1/numbers lists them.",
  });
}
