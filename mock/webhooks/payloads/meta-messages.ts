import type { components } from "../../../spec/generated/openapi.ts";
import { draw } from "../../domain/draw.ts";
import { base64 } from "../../domain/encoding.ts";
import type { EventOf } from "../../domain/events.ts";
import type { BusinessNumber } from "../../domain/number.ts";
import type { WorldState } from "../../domain/state.ts";
import { unixSeconds } from "../../domain/time.ts";
import { about, envelope, metaAccount, profile, webhookError } from "./meta-account.ts";

type Schemas = components["schemas"];
export type MessagesEnvelope = Schemas["MetaMessagesEnvelope"];

/** A person's decision, or one that Meta made by itself, as a message (meta-calling §2.4); null for neither. */
export function metaPermissionReply(
  state: WorldState,
  number: BusinessNumber,
  event: EventOf<"permission.changed">,
): MessagesEnvelope | null {
  const { permission, source, phone, context } = event;
  if (source === "control") return null;
  const account = metaAccount(state, number);
  const id = draw(state.source, `permission-reply/${number.id}/${phone}/${permission.status}/${event.at}`, 0, 36);
  return envelope("messages" as const, account, {
    ...about(number, account),
    contacts: [profile(phone, state.contacts.get(phone)?.name ?? null)],
    messages: [
      {
        ...(context === null ? {} : { context: { from: number.number, id: context } }),
        from: phone,
        id: `wamid.${base64(id)}`,
        timestamp: String(unixSeconds(event.at)),
        type: "interactive",
        interactive: { type: "call_permission_reply", call_permission_reply: reply(permission, source) },
      },
    ],
  });
}

function reply(
  permission: EventOf<"permission.changed">["permission"],
  response_source: "user_action" | "automatic",
): Schemas["MetaPermissionReply"] {
  if (permission.status === "none") return { response: "reject", response_source };
  if (permission.status === "permanent") return { response: "accept", is_permanent: true, response_source };
  const expiration_timestamp = String(unixSeconds(permission.expiresAt));
  return { response: "accept", is_permanent: false, expiration_timestamp, response_source };
}

/** A permission request that the person's WhatsApp can't show: Meta takes it and reports the failure (HOOK-NATIVE-030). */
export function metaUndelivered(
  state: WorldState,
  number: BusinessNumber,
  event: EventOf<"permission.undelivered">,
): MessagesEnvelope {
  const account = metaAccount(state, number);
  return envelope("messages" as const, account, {
    ...about(number, account),
    statuses: [
      {
        id: event.messageId,
        status: "failed",
        timestamp: String(unixSeconds(event.at)),
        recipient_id: event.phone,
        errors: [webhookError(131026)],
      },
    ],
  });
}
