import type { components } from "../../../spec/generated/openapi.ts";
import { draw } from "../../domain/draw.ts";
import type { BusinessNumber } from "../../domain/number.ts";
import type { Phone } from "../../domain/phone.ts";
import { type MetaError, metaErrors } from "../../domain/refusals/meta-errors.ts";
import type { WorldState } from "../../domain/state.ts";

type Schemas = components["schemas"];

/** The ids under which Meta knows a business number and its account: digits, the same in every run. */
export interface MetaAccount {
  readonly waba: string;
  readonly phoneNumberId: string;
}

export function metaAccount({ source }: Pick<WorldState, "source">, number: BusinessNumber): MetaAccount {
  return {
    waba: digits(draw(source, "waba", 0, 14)),
    phoneNumberId: digits(draw(source, `phone-number-id/${number.id}`, 0, 14)),
  };
}

/** Fifteen digits, as Meta's ids have, and none of them a leading zero. */
function digits(bytes: Uint8Array): string {
  return `1${[...bytes].map((byte) => byte % 10).join("")}`;
}

/** What every notification of Meta's has around its value (HOOK-NATIVE-002, -003). */
export function envelope<Field extends string, Value>(field: Field, account: MetaAccount, value: Value) {
  return {
    object: "whatsapp_business_account" as const,
    entry: [{ id: account.waba, changes: [{ field, value }] }],
  };
}

export function about(number: BusinessNumber, account: MetaAccount) {
  return {
    messaging_product: "whatsapp" as const,
    metadata: { display_phone_number: number.number, phone_number_id: account.phoneNumberId },
  };
}

/** The person with the name of their profile; whoever was given none has one of ours (assumption). */
export function profile(phone: Phone, name: string | null): Schemas["MetaContact"] {
  return { profile: { name: name ?? `Person ${phone.slice(-4)}` }, wa_id: phone };
}

const troubleshooting =
  "https://developers.facebook.com/documentation/business-messaging/whatsapp/calling/troubleshooting";

/** An error as Meta's webhooks tell it (meta-calling §1.3). */
export function webhookError(code: keyof typeof metaErrors, details?: string): Schemas["MetaWebhookError"] {
  const error: MetaError = metaErrors[code];
  return { code, message: error.title, href: troubleshooting, error_data: { details: details ?? error.details } };
}
