import { isMap } from "../../../mock/config/path.ts";
import type { SentRequest } from "../../exchange/exchange.ts";
import { findOperation } from "../../exchange/find-operation.ts";
import { jsonOf } from "../../exchange/json-of.ts";
import type { SendRequest } from "../../http/send.ts";

/** What `PUT /v1/calls/settings` takes (seed §1), and what switches off what was not there before. */
const unset: Readonly<Record<string, unknown>> = {
  status: undefined,
  call_icon_visibility: undefined,
  callback_permission_status: undefined,
  call_hours: { status: "DISABLED" },
  voicemail: { status: "DISABLED" },
};

type Settings = Readonly<Record<string, unknown>>;

/**
 * Looks at an account's calling settings before a case changes them, and puts back after it what has changed.
 *
 * @param send sends to the live service
 */
export function settingsKeeper(send: SendRequest): {
  readonly send: SendRequest;
  /** Returns what could not be put back. */
  readonly restore: () => Promise<readonly string[]>;
} {
  const before = new Map<string, Settings>();
  return {
    send: async (request) => {
      const key = request.headers["x-api-key"] ?? "";
      const changes = findOperation(request.method, request.target).operation?.id === "updateCallingSettings";
      if (changes && !before.has(key)) {
        const settings = await read(send, key);
        if (settings !== null) before.set(key, settings);
      }
      return send(request);
    },
    restore: async () => {
      const refused: string[] = [];
      for (const [key, settings] of before) {
        const change = difference(settings, await read(send, key).catch(() => null));
        if (Object.keys(change).length === 0) continue;
        const request = { ...settingsRequest("PUT", key), body: JSON.stringify(change) };
        const answer = await send(request).catch(() => null);
        if (answer?.status !== 200) refused.push(`the settings were ${request.body}, and could not be put back`);
      }
      return refused;
    },
  };
}

/** The change that leads from the settings as they are to those that were; all of them where nobody knows how they are. */
function difference(was: Settings, is: Settings | null): Settings {
  return Object.fromEntries(
    Object.entries(unset).flatMap(([name, otherwise]) => {
      if (is !== null && JSON.stringify(was[name]) === JSON.stringify(is[name])) return [];
      const value = was[name] === "NOT_SET" ? undefined : (was[name] ?? otherwise);
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}

/** Null where the key sees no settings. */
async function read(send: SendRequest, key: string): Promise<Settings | null> {
  const { status, body } = await send(settingsRequest("GET", key));
  const answer = jsonOf(body);
  const settings = isMap(answer) ? answer["calling"] : undefined;
  return status === 200 && isMap(settings) ? settings : null;
}

function settingsRequest(method: string, key: string): SentRequest {
  const headers = { "x-api-key": key, "content-type": "application/json" };
  return { method, target: "/v1/calls/settings", headers, body: null };
}
