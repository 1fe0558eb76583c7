import type { Validator } from "../../spec/generated/validator.ts";
import type { WebhookEvent } from "../domain/subscription.ts";

/** Says what of a payload breaks the specification; null when nothing does. */
export type PayloadCheck = (event: WebhookEvent, payload: string) => Promise<string | null>;

/**
 * Checks payloads against the validators that were generated from the spec's `webhooks:`, loaded at the first one
 * (HOOK-SUB-053).
 */
export function payloadCheck(load: () => Promise<Readonly<Record<WebhookEvent, Validator>>>): PayloadCheck {
  let loading: ReturnType<typeof load> | null = null;
  return async (event, payload) => {
    loading ??= load();
    const validator = (await loading)[event];
    if (validator(JSON.parse(payload))) return null;
    return (validator.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`).join("; ");
  };
}
