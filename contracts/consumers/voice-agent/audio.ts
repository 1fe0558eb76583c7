import { once } from "node:events";
import { WebSocket } from "ws";

/** The socket carries 16,000 samples a second, one channel, two bytes each. */
const bytesPerMs = 32;

/**
 * An agent that repeats what it hears: where a speech model would be, there is a line in between.
 *
 * @param ms how long it stays
 */
export function repeating(ms: number): (wsUrl: string) => Promise<void> {
  return async (wsUrl) => {
    const socket = new WebSocket(wsUrl);
    let heard = 0;
    socket.on("message", (pcm16: Buffer, isBinary) => {
      if (!isBinary) return;
      heard += pcm16.length;
      socket.send(pcm16);
      if (heard >= ms * bytesPerMs) socket.close();
    });
    // Either side may end it: we after `ms`, the person by hanging up.
    await once(socket, "close");
  };
}
