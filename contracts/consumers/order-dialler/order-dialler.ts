import type { CallsApi } from "./calls-api.ts";

export interface Order {
  readonly id: string;
  readonly phone: string;
}

/** What became of the attempt to call a customer about an order. */
export type Outcome =
  | { readonly outcome: "calling"; readonly callId: string }
  /** The customer sees the question now; dial again when `call.permission_updated` says yes. */
  | { readonly outcome: "asked"; readonly messageId: string }
  /** They were asked already and have not said yes. */
  | { readonly outcome: "waiting for permission" }
  /** As many calls as Meta allows in 24 hours have been made. */
  | { readonly outcome: "try again tomorrow" }
  /** Somebody has to enable calling on the number first. */
  | { readonly outcome: "calling is switched off" };

/**
 * Calls a customer about an order on a META number: asks whether it may, asks the customer when it may not, and calls.
 *
 * @param sdp the offer of the WebRTC client at which somebody waits to talk
 */
export async function dial(api: CallsApi, order: Order, sdp: string): Promise<Outcome> {
  return (await mayCall(api, order)) ? call(api, order, sdp) : ask(api, order);
}

async function mayCall(api: CallsApi, { phone }: Order): Promise<boolean> {
  const probe = await api.getCallPermission(phone);
  if (!probe.ok) throw new Error(probe.error);
  return probe.body.actions.some(
    ({ action_name, can_perform_action }) => action_name === "start_call" && can_perform_action,
  );
}

async function call(api: CallsApi, order: Order, sdp: string): Promise<Outcome> {
  const started = await api.startCall(order.phone, sdp, order.id);
  if (started.ok) return { outcome: "calling", callId: started.body.id };
  switch (started.code) {
    // 138006: the permission ran out, or was taken back, since the probe.
    case "META_CALL_PERMISSION_REQUIRED":
      return ask(api, order);
    // 138012
    case "META_CALL_LIMIT":
      return { outcome: "try again tomorrow" };
    // 138000
    case "META_CALLING_NOT_ENABLED":
      return { outcome: "calling is switched off" };
    default:
      throw new Error(started.error);
  }
}

async function ask(api: CallsApi, { id, phone }: Order): Promise<Outcome> {
  const sent = await api.requestCallPermission(phone, `May we call you about ${id}?`);
  if (sent.ok) return { outcome: "asked", messageId: sent.body.messageId };
  // 138009
  if (sent.code === "META_CALL_PERMISSION_REQUEST_LIMIT") return { outcome: "waiting for permission" };
  throw new Error(sent.error);
}
