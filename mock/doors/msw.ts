import { http, type RequestHandler, type WebSocketHandler } from "msw";
import { ConnectionReset } from "../faults/connection.ts";
import type { Sandbox } from "../sandbox.ts";
import { realtimeHandlerFor } from "./msw-socket.ts";

export { createSandbox } from "../sandbox.ts";

/** Where the real API lives, which the handlers stand in for unless told otherwise. */
export const realOrigin = "https://pilotstatus.com.br";

/**
 * Makes msw handlers that answer the Calls API from a sandbox, for `setupServer` in Node and `setupWorker` in a
 * browser. One catch-all per prefix: the sandbox routes by itself, and answers unknown paths with its own 404. One more
 * answers the realtime socket, so that a program's `new WebSocket(wsUrl)` needs no port either.
 *
 * @param sandbox the sandbox that answers
 * @param base what your client puts before `/v1`: an origin, or an origin and a path
 * @example
 * const sandbox = createSandbox({ clock: "virtual" });
 * const server = setupServer(...handlersFor(sandbox));
 */
export function handlersFor(sandbox: Sandbox, base: string = realOrigin): (RequestHandler | WebSocketHandler)[] {
  const address = base.replace(/\/+$/, "");
  const { origin } = new URL(address);
  const answer = async ({ request }: { request: Request }) => {
    const moved = address === origin ? request : new Request(request.url.replace(address, origin), request);
    try {
      return await sandbox.app.fetch(moved);
    } catch (error) {
      // What a fault rule reset is a network error to whoever fetches; msw makes any other exception a 500.
      if (error instanceof ConnectionReset) return Response.error();
      throw error;
    }
  };
  return [http.all(`${address}/v1/*`, answer), http.all(`${address}/api/v1/*`, answer), realtimeHandlerFor(sandbox)];
}
