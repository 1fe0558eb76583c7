import { isMap } from "../../../mock/config/path.ts";
import type { SentRequest } from "../../exchange/exchange.ts";
import { findOperation } from "../../exchange/find-operation.ts";
import { jsonOf } from "../../exchange/json-of.ts";
import type { SendRequest } from "../../http/send.ts";

/** What `PUT /v1/calls/settings` takes (seed §1), and what stands for "not set" where there is nothing to put back. */
const unset: Readonly<Record<string, unknown>> = {
  status: undefined,
  call_icon_visibility: undefined,
  callback_permission_status: undefined,
  call_hours: { status: "DISABLED" },
  voicemail: { status: "DISABLED" },
};

/**
 * Looks at an account's calling settings before a case changes them, and puts them back after it.
 *
 * @param send sends to the live service
 */
export function settingsKeeper(send: SendRequest): {
  readonly send: SendRequest;
  /** Returns what could not be put back. */
  readonly restore: () => Promise<readonly string[]>;
} {
  const before = new Map<string, SentRequest>();
  return {
    send: async (request) => {
      if (findOperation(request.method, request.target).operation?.id === "updateCallingSettings") {
        const key = request.headers["x-api-key"] ?? "";
        if (!before.has(key)) {
          const restoring = await restoringRequest(send, key);
          if (restoring !== null) before.set(key, restoring);
        }
      }
      return send(request);
    },
    restore: async () => {
      const refused: string[] = [];
      for (const request of before.values()) {
        const answer = await send(request).catch(() => null);
        if (answer?.status !== 200) refused.push(`the settings were ${request.body}, and could not be put back`);
      }
      return refused;
    },
  };
}

/** The change that brings back what is set now; null where the key sees no settings. */
async function restoringRequest(send: SendRequest, key: string): Promise<SentRequest | null> {
  const target = "/v1/calls/settings";
  const { status, body } = await send({ method: "GET", target, headers: { "x-api-key": key }, body: null });
  const answer = jsonOf(body);
  const settings = isMap(answer) ? answer["calling"] : undefined;
  if (status !== 200 || !isMap(settings)) return null;
  const change = Object.entries(unset).flatMap(([name, otherwise]) => {
    const value = settings[name] === "NOT_SET" ? undefined : (settings[name] ?? otherwise);
    return value === undefined ? [] : [[name, value] as const];
  });
  const headers = { "x-api-key": key, "content-type": "application/json" };
  return { method: "PUT", target, headers, body: JSON.stringify(Object.fromEntries(change)) };
}
