import { answered, declined } from "../../api/outcome.ts";
import { deliveryOf } from "../../domain/delivery.ts";
import { deliveryDto, deliveryStatus } from "../dto/delivery.ts";
import { callNamed, placeNamed } from "../find.ts";
import type { ControlHandler } from "../handler.ts";

/** `GET /_sandbox/worlds/{w}/deliveries` */
export const listDeliveries: ControlHandler<"listDeliveries"> = (sandbox, { path, query }) => {
  const found = placeNamed(sandbox, path.w);
  if (!found.ok) return found;
  const about = query.callId === undefined ? null : callNamed(found.place, query.callId);
  if (about?.ok === false) return about;
  const { state } = found.place.world;
  const { waiting, finished, dropped } = state.outbox;
  const deliveries = [...waiting.values(), ...finished.values()]
    .filter(({ callId }) => about === null || callId === about.call.id)
    .filter((delivery) => query.status === undefined || deliveryStatus(delivery) === query.status)
    .sort((a, b) => b.ordinal - a.ordinal)
    .slice(0, query.limit ?? 100);
  return answered({
    waiting: waiting.size,
    dropped,
    deliveries: deliveries.map((delivery) => deliveryDto(state, delivery)),
  });
};

/** `POST /_sandbox/worlds/{w}/deliveries/{id}/redeliver` */
export const redeliver: ControlHandler<"redeliver"> = (sandbox, { path }) => {
  const found = placeNamed(sandbox, path.w);
  if (!found.ok) return found;
  const { world } = found.place;
  const decision = world.dispatch({ type: "redeliver", deliveryId: path.id });
  if (!decision.ok) return declined(decision.refusal);
  const delivery = deliveryOf(world.state.outbox, path.id);
  if (delivery === undefined) throw new Error(`The delivery ${path.id} is gone after it was sent again`);
  return answered(deliveryDto(world.state, delivery));
};
