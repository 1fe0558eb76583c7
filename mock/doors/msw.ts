import { http, type RequestHandler } from "msw";
import type { Sandbox } from "../sandbox.ts";

export { createSandbox } from "../sandbox.ts";

/** Where the real API lives, which the handlers stand in for unless told otherwise. */
export const realOrigin = "https://pilotstatus.com.br";

/**
 * Makes msw handlers that answer the Calls API from a sandbox, for `setupServer` in Node and `setupWorker` in a
 * browser. One catch-all per prefix: the sandbox routes by itself, and answers unknown paths with its own 404.
 *
 * @param sandbox the sandbox that answers
 * @param base the origin that your client calls
 * @example
 * const sandbox = createSandbox({ clock: "virtual" });
 * const server = setupServer(...handlersFor(sandbox));
 */
export function handlersFor(sandbox: Sandbox, base: string = realOrigin): RequestHandler[] {
  const origin = base.replace(/\/+$/, "");
  const answer = ({ request }: { request: Request }) => sandbox.app.fetch(request);
  return [http.all(`${origin}/v1/*`, answer), http.all(`${origin}/api/v1/*`, answer)];
}
