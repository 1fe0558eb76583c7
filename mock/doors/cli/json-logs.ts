import type { Sandbox } from "../../sandbox.ts";

/** Prints one JSON line per attempt at a webhook. */
export async function logDeliveries(sandbox: Sandbox): Promise<void> {
  const { pino } = await import("pino");
  const logger = pino({ base: null });
  sandbox.onDelivery(({ world, event }) => logger.info({ world, ...event }, "webhook"));
}

/** Prints one JSON line per request; pino is loaded only when somebody asks for it. */
export async function logRequests(sandbox: Sandbox): Promise<void> {
  const { pino } = await import("pino");
  const logger = pino({ base: null });
  sandbox.onRequest(({ world, request }) => {
    const { id, method, path, status, durationMs, operationId, callId, behaviour, fault, violations } = request;
    logger.info(
      { world, id, method, path, status, durationMs, operationId, callId, behaviour, fault, violations },
      "request",
    );
  });
}
