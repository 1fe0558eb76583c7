import type { Client } from "openapi-fetch";
import type {
  ActionResult,
  Call,
  Number as CallingNumber,
  CallingSettingsAnswer,
  CallingSettingsChange,
  CallingSettingsChanged,
  CallList,
  CallWithSdp,
  NumberStatus,
  operations,
  PermissionProbe,
  PermissionRequestBody,
  PermissionRequestSent,
  PlayBody,
  RealtimeSession,
  RealtimeSessionBody,
  SdpAnswerBody,
  StartCallBody,
  StartedCall,
  Webhook,
  WebhookBody,
  WebhookChange,
  WebhookDeleted,
  WebhookLogEntry,
} from "../../spec/generated/openapi.ts";
import type { Paths } from "./paths.ts";

/** The query parameters of an operation. */
export type Query<Operation extends keyof operations> = NonNullable<operations[Operation]["parameters"]["query"]>;

/**
 * The Calls API, one method for each operation, under the names that the OpenAPI document gives them. Each resolves with
 * the answer's body and rejects with a CallsApiError. `callId` is any of a call's three ids.
 */
export interface CallsClient {
  /** Calls somebody. META: with your SDP offer, and the person's permission; EVO_GO: with `to` alone. */
  startCall(body: StartCallBody): Promise<StartedCall>;
  /** One page of the number's calls, newest first. */
  listCalls(query?: Query<"listCalls">): Promise<CallList>;
  /** Every call, newest first, page by page as they are asked for. `limit` is the size of a page. */
  eachCall(query?: Query<"listCalls">): AsyncGenerator<Call, void, undefined>;
  getCall(callId: string): Promise<Call>;
  /** With `sdpOffer` and `sdpAnswer`, which are null on EVO_GO. */
  getCall(callId: string, query: { readonly includeSdp: true }): Promise<CallWithSdp>;
  /** Answers an inbound call. META: with your SDP answer. */
  acceptCall(callId: string, body?: SdpAnswerBody): Promise<ActionResult>;
  /** META: sends the SDP answer early; the call is answered by `acceptCall` with the same one. */
  preAcceptCall(callId: string, body: SdpAnswerBody): Promise<ActionResult>;
  rejectCall(callId: string): Promise<ActionResult>;
  terminateCall(callId: string): Promise<ActionResult>;
  /** META: whether the business may call a person, and what else it may do. */
  getCallPermission(to: string): Promise<PermissionProbe>;
  /** META: asks a person; the answer comes as `call.permission_updated`. */
  requestCallPermission(body: PermissionRequestBody): Promise<PermissionRequestSent>;
  /** META. */
  getCallingSettings(): Promise<CallingSettingsAnswer>;
  /** META: what is left out keeps its value. */
  updateCallingSettings(body: CallingSettingsChange): Promise<CallingSettingsChanged>;
  /** EVO_GO: plays a file, at once or as soon as the call is answered. */
  playAudio(callId: string, body: PlayBody): Promise<ActionResult>;
  /** EVO_GO: the address of the call's audio socket, good for one connection. */
  createRealtimeSession(callId: string, body?: RealtimeSessionBody): Promise<RealtimeSession>;
  listNumbers(): Promise<readonly CallingNumber[]>;
  getNumberStatus(id: string): Promise<NumberStatus>;
  listWebhooks(): Promise<readonly Webhook[]>;
  createWebhook(body: WebhookBody): Promise<Webhook>;
  getWebhook(id: string): Promise<Webhook>;
  updateWebhook(id: string, body: WebhookChange): Promise<Webhook>;
  deleteWebhook(id: string): Promise<WebhookDeleted>;
  listWebhookLogs(id: string, query?: Query<"listWebhookLogs">): Promise<readonly WebhookLogEntry[]>;
  /** The same by path, with refusals as values, and with signals and headers: the client of `openapi-fetch` itself. */
  readonly http: Client<Paths>;
}
