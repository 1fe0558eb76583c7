import type {
  CallConnectedEvent,
  CallEndedEvent,
  CallMissedEvent,
  CallPermissionUpdatedEvent,
  CallRingingEvent,
  MetaCallsEnvelope,
  MetaMessagesEnvelope,
} from "../../../spec/generated/openapi.ts";
import { WebhookBodyError } from "./errors.ts";

/** The gateway's own events by name: flat, without an envelope. */
interface FlatEvents {
  readonly "call.ringing": CallRingingEvent;
  readonly "call.connected": CallConnectedEvent;
  readonly "call.ended": CallEndedEvent;
  readonly "call.missed": CallMissedEvent;
  readonly "call.permission_updated": CallPermissionUpdatedEvent;
}

/** Meta's own envelopes by their field: `calls` has the SDPs, `messages` what people say to permission requests. */
interface NativeEnvelopes {
  readonly calls: MetaCallsEnvelope;
  readonly messages: MetaMessagesEnvelope;
}

type Known = FlatEvents & NativeEnvelopes;

/** What came, told apart by `type`; `payload` is always all of it. */
export type WebhookEvent =
  | { readonly [Type in keyof Known]: { readonly type: Type; readonly payload: Known[Type] } }[keyof Known]
  | UnknownEvent;

/** An event that this version doesn't know, whole. Keep it or ignore it, but answer 200: a refusal is sent again. */
export interface UnknownEvent {
  readonly type: "unknown";
  /** Its `event`, or the field of Meta's envelope, if it has one. */
  readonly name: string | null;
  readonly payload: JsonObject;
}

type JsonObject = Readonly<Record<string, unknown>>;

const flatNames: Readonly<Record<keyof FlatEvents, true>> = {
  "call.ringing": true,
  "call.connected": true,
  "call.ended": true,
  "call.missed": true,
  "call.permission_updated": true,
};

/**
 * Reads the body of a webhook. Which event it is decides its type; its fields are those of the document and are not
 * checked one by one, so that a new field or value loses no event. Verify the signature first, or use `readWebhook`.
 *
 * @param body the request's body as it came
 * @throws WebhookBodyError when it is no JSON object
 * @example
 * const event = parseWebhook(body);
 * if (event.type === "call.ended") console.log(event.payload.durationSeconds ?? "nobody answered");
 */
export function parseWebhook(body: string | Uint8Array): WebhookEvent {
  const payload = jsonObject(typeof body === "string" ? body : new TextDecoder().decode(body));
  const { event } = payload;
  if (typeof event === "string") {
    // A parsed border: the name says which payload it is.
    if (Object.hasOwn(flatNames, event)) return { type: event, payload: unwrapped(payload) } as WebhookEvent;
    return { type: "unknown", name: event, payload };
  }
  const field = fieldOf(payload);
  // Parsed borders: the field, and for messages their kind, say which payload it is.
  if (field === "calls") return { type: "calls", payload } as unknown as WebhookEvent;
  if (field === "messages" && valuesOf(payload).every(isAboutPermission)) {
    return { type: "messages", payload } as unknown as WebhookEvent;
  }
  return { type: "unknown", name: field, payload };
}

/** One of the vendor's pages wraps every event in `data`; the others have these flat (pilot-status §8 row 11). */
function unwrapped({ data, ...flat }: JsonObject): JsonObject {
  if (data === undefined) return flat;
  return isObject(data) ? { ...flat, ...data } : { ...flat, data };
}

/** The field that every change of an envelope is about; null when there are several, or none. */
function fieldOf(payload: JsonObject): string | null {
  const fields = new Set(changesOf(payload).map(({ field }) => field));
  const [only] = fields;
  return fields.size === 1 && typeof only === "string" ? only : null;
}

/** Meta's `messages` are of many kinds; here belong replies to permission requests and requests that didn't arrive. */
function isAboutPermission({ messages = [], statuses = [] }: JsonObject): boolean {
  return (
    objects(messages).every(({ interactive }) => isObject(interactive) && "call_permission_reply" in interactive) &&
    objects(statuses).every(({ status }) => status === "failed")
  );
}

function valuesOf(payload: JsonObject): readonly JsonObject[] {
  return changesOf(payload).map(({ value }) => (isObject(value) ? value : {}));
}

function changesOf({ entry }: JsonObject): readonly JsonObject[] {
  return objects(entry).flatMap(({ changes }) => objects(changes));
}

function objects(list: unknown): readonly JsonObject[] {
  return Array.isArray(list) ? list.map((item: unknown) => (isObject(item) ? item : {})) : [];
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function jsonObject(text: string): JsonObject {
  const parsed = parsedOrUndefined(text);
  if (isObject(parsed)) return parsed;
  throw new WebhookBodyError(text);
}

function parsedOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
