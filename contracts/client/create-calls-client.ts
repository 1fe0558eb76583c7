import createClient from "openapi-fetch";
import type { CallsClient, Query } from "./calls-client.ts";
import { eachOf } from "./each-call.ts";
import { type CallsClientOptions, readOptions } from "./options.ts";
import type { Paths } from "./paths.ts";
import { sender, withoutRefusals } from "./send.ts";

/**
 * A client of the Calls API, live or sandbox, in Node and in browsers. It repeats nothing by itself: a call that is
 * started twice rings twice.
 *
 * @throws TypeError when an option can't be right
 * @example
 * const calls = createCallsClient({ baseUrl: "http://127.0.0.1:4010", apiKey: "ps_sandbox_evo" });
 * const { id } = await calls.startCall({ to: "+5511999999999" });
 */
export function createCallsClient(options: CallsClientOptions): CallsClient {
  const { root, keyHeader, fetch, timeoutMs } = readOptions(options);
  const send = sender(fetch, timeoutMs);
  const common = { baseUrl: root, headers: keyHeader };
  const api = createClient<Paths>({ ...common, fetch: withoutRefusals(send) });
  const listCalls = async (query: Query<"listCalls"> = {}) => answer(await api.GET("/v1/calls", { params: { query } }));
  return {
    http: createClient<Paths>({ ...common, fetch: send }),
    listCalls,
    eachCall: (query) => eachOf(listCalls, query),
    startCall: async (body) => answer(await api.POST("/v1/calls", { body })),
    getCall: (async (callId, query) => {
      const asked = query?.includeSdp === true ? { includeSdp: "1" } : {};
      return answer(await api.GET("/v1/calls/{callId}", { params: { path: { callId }, query: asked } }));
      // Which of the two it is follows from the query, which the document can't say.
    }) as CallsClient["getCall"],
    acceptCall: async (callId, body) =>
      answer(
        await api.POST("/v1/calls/{callId}/accept", {
          params: { path: { callId } },
          ...(body === undefined ? {} : { body }),
        }),
      ),
    preAcceptCall: async (callId, body) =>
      answer(await api.POST("/v1/calls/{callId}/pre-accept", { params: { path: { callId } }, body })),
    rejectCall: async (callId) => answer(await api.POST("/v1/calls/{callId}/reject", { params: { path: { callId } } })),
    terminateCall: async (callId) =>
      answer(await api.POST("/v1/calls/{callId}/terminate", { params: { path: { callId } } })),
    getCallPermission: async (to) => answer(await api.GET("/v1/calls/permissions", { params: { query: { to } } })),
    requestCallPermission: async (body) => answer(await api.POST("/v1/calls/permissions/request", { body })),
    getCallingSettings: async () => answer(await api.GET("/v1/calls/settings")),
    updateCallingSettings: async (body) => answer(await api.PUT("/v1/calls/settings", { body })),
    playAudio: async (callId, body) =>
      answer(await api.POST("/v1/calls/{callId}/play", { params: { path: { callId } }, body })),
    createRealtimeSession: async (callId, body = { mode: "talk" }) =>
      answer(await api.POST("/v1/calls/{callId}/realtime-session", { params: { path: { callId } }, body })),
    listNumbers: async () => answer(await api.GET("/v1/numbers")),
    getNumberStatus: async (id) => answer(await api.GET("/v1/numbers/{id}/status", { params: { path: { id } } })),
    listWebhooks: async () => answer(await api.GET("/v1/webhooks")),
    createWebhook: async (body) => answer(await api.POST("/v1/webhooks", { body })),
    getWebhook: async (id) => answer(await api.GET("/v1/webhooks/{id}", { params: { path: { id } } })),
    updateWebhook: async (id, body) => answer(await api.PATCH("/v1/webhooks/{id}", { params: { path: { id } }, body })),
    deleteWebhook: async (id) => answer(await api.DELETE("/v1/webhooks/{id}", { params: { path: { id } } })),
    listWebhookLogs: async (id, query = {}) =>
      answer(await api.GET("/v1/webhooks/{id}/logs", { params: { path: { id }, query } })),
  };
}

/** The body of an answer; refusals have been thrown by then, and a success without JSON too. */
function answer<Body>({ data, response }: { readonly data?: Body; readonly response: Response }): Body {
  if (data === undefined)
    throw new TypeError(`An answer of status ${response.status} had no body where one was expected.`);
  return data;
}
