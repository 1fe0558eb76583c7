import type { AudioDesk } from "../audio-desk.ts";
import type { ApiHandlers } from "../handler.ts";
import { acceptCall, playAudio, preAcceptCall, rejectCall, terminateCall } from "./call-actions.ts";
import { getCallPermission, requestCallPermission } from "./call-permissions.ts";
import { getCallingSettings, updateCallingSettings } from "./calling-settings.ts";
import { getNumberStatus, listNumbers } from "./numbers.ts";
import { getCall, listCalls } from "./read-calls.ts";
import { createRealtimeSession } from "./realtime-session.ts";
import { startCall } from "./start-call.ts";
import { createWebhook, deleteWebhook, getWebhook, listWebhookLogs, listWebhooks, updateWebhook } from "./webhooks.ts";

/** Every operation of the Calls API, by operationId. */
export function apiHandlers(mediaUrl: () => string, audio: AudioDesk): ApiHandlers {
  return {
    startCall,
    listCalls,
    getCall,
    acceptCall,
    rejectCall,
    terminateCall,
    preAcceptCall,
    getCallingSettings,
    updateCallingSettings,
    getCallPermission,
    requestCallPermission,
    playAudio: playAudio(audio),
    createRealtimeSession: createRealtimeSession(mediaUrl),
    listNumbers,
    getNumberStatus,
    listWebhooks,
    createWebhook,
    getWebhook,
    updateWebhook,
    deleteWebhook,
    listWebhookLogs,
  };
}
