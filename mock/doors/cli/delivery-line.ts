import type { DeliveryNews } from "../../sandbox.ts";

/**
 * What the terminal says of an attempt at a webhook.
 *
 * @example "webhook call.ended -> http://localhost:3000/hook  200 in 4 ms"
 */
export function deliveryLine(world: string, event: DeliveryNews): string {
  const where = world === "default" ? "" : ` [${world}]`;
  if (event.type === "delivery.dropped") {
    return `webhook${where} ${event.event} dropped: 10,000 deliveries are waiting already`;
  }
  const { attempt, result, nextAt, number, url } = event;
  const answer =
    attempt.status === null ? (attempt.error ?? "") : `${attempt.status} in ${Math.round(attempt.durationMs)} ms`;
  const again = nextAt === null ? "" : `, again in ${seconds(nextAt - event.at)}`;
  const end = result === "given-up" ? ", given up" : again;
  return `webhook${where} ${event.event} -> ${url}  ${answer}${number > 1 ? ` (attempt ${number})` : ""}${end}`;
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1_000).toFixed(milliseconds < 10_000 ? 1 : 0)} s`;
}
