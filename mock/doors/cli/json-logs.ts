import type { Sandbox } from "../../sandbox.ts";

/** Prints one JSON line per request; pino is loaded only when somebody asks for it. */
export async function logRequests(sandbox: Sandbox): Promise<void> {
  const { pino } = await import("pino");
  const logger = pino({ base: null });
  sandbox.onRequest(({ world, request }) => {
    const { id, method, path, status, durationMs, operationId, callId, behaviour, violations } = request;
    logger.info({ world, id, method, path, status, durationMs, operationId, callId, behaviour, violations }, "request");
  });
}
