import type { WebSocket } from "ws";

/** Resolves with code and reason when a socket has closed. */
export function closed(socket: WebSocket): Promise<{ code: number; reason: string }> {
  return new Promise((resolve) => socket.once("close", (code, reason) => resolve({ code, reason: reason.toString() })));
}
