import type { ApiHandlers } from "../handler.ts";
import { acceptCall, playAudio, preAcceptCall, rejectCall, terminateCall } from "./call-actions.ts";
import { getCallPermission, requestCallPermission } from "./call-permissions.ts";
import { getCallingSettings, updateCallingSettings } from "./calling-settings.ts";
import { getNumberStatus, listNumbers } from "./numbers.ts";
import { getCall, listCalls } from "./read-calls.ts";
import { createRealtimeSession } from "./realtime-session.ts";
import { startCall } from "./start-call.ts";

/** Every operation of the Calls API, by operationId. */
export function apiHandlers(mediaUrl: () => string): ApiHandlers {
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
    playAudio,
    createRealtimeSession: createRealtimeSession(mediaUrl),
    listNumbers,
    getNumberStatus,
  };
}
