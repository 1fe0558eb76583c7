export type {
  ActionResult,
  Call,
  CallConnectedEvent,
  CallEndedEvent,
  CallingSettings,
  CallingSettingsChange,
  CallMissedEvent,
  CallPermissionUpdatedEvent,
  CallRingingEvent,
  CallStatus,
  CallWithSdp,
  ErrorBody,
  ErrorCode,
  MetaCallsEnvelope,
  MetaMessagesEnvelope,
  PermissionProbe,
  RealtimeSession,
  StartCallBody,
  StartedCall,
  Webhook,
} from "../../spec/generated/openapi.ts";
export { CallsApiError } from "./api-error.ts";
export type { CallsClient } from "./calls-client.ts";
export { createCallsClient } from "./create-calls-client.ts";
export type { CallsClientOptions } from "./options.ts";
export type { Fetch } from "./send.ts";
export { WebhookBodyError, WebhookSignatureError } from "./webhooks/errors.ts";
export { parseWebhook, type UnknownEvent, type WebhookEvent } from "./webhooks/parse.ts";
export { readWebhook, verifyWebhook, type WebhookHeaders, type WebhookSecrets } from "./webhooks/verify.ts";
