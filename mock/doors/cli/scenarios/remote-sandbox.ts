import { controlOperations, type OperationSpec } from "../../../../spec/generated/operations.ts";
import { isMap } from "../../../config/path.ts";
import { ControlRefused, controlBy } from "../../../control/control.ts";
import type { ControlInput } from "../../../control/serve-control.ts";
import { refuse } from "../../../domain/refusals/refusal.ts";
import type { ScenarioTarget } from "../../../scenarios/index.ts";
import type { WebhookSecrets } from "../../../webhooks/sign.ts";
import { send } from "../trigger/control-client.ts";

/** How to reach a running sandbox. */
export interface RemoteSandbox {
  readonly url: string;
  readonly controlToken?: string;
  readonly secrets: WebhookSecrets;
}

/**
 * A running sandbox as something to play scenarios on.
 *
 * @throws UsageError from its methods when no sandbox answers there, ControlRefused when it refuses
 */
export function remoteSandbox({ url, controlToken, secrets }: RemoteSandbox): ScenarioTarget {
  const base = url.replace(/\/+$/, "");
  const authorization = controlToken === undefined ? {} : { authorization: `Bearer ${controlToken}` };
  return {
    secrets,
    request: (path, init) => send(`${base}${path}`, init),
    control: controlBy(async (id, { path, query, body }) => {
      const operation: OperationSpec = controlOperations[id];
      const response = await send(`${base}${address(operation, path, query)}`, {
        method: operation.method,
        headers: { ...authorization, ...(body === undefined ? {} : { "content-type": "application/json" }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const answer: unknown = await response.json().catch(() => null);
      if (response.ok) return answer;
      throw refusedWith(response, answer);
    }),
  };
}

function address({ path: template }: OperationSpec, path: ControlInput["path"], query: ControlInput["query"]): string {
  const at = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(path[name] ?? ""));
  const asked = new URLSearchParams(
    Object.fromEntries(Object.entries(query).map(([name, value]) => [name, String(value)])),
  );
  return asked.size === 0 ? at : `${at}?${asked}`;
}

/** The refusal as it would have been thrown in the sandbox's own process. */
function refusedWith({ status, statusText }: Response, answer: unknown): ControlRefused {
  const { error, code } = isMap(answer) ? answer : {};
  const refusal = refuse("VALIDATION_ERROR", { message: typeof error === "string" ? error : statusText });
  return new ControlRefused({
    ...refusal,
    status,
    code: typeof code === "string" ? (code as typeof refusal.code) : refusal.code,
  });
}
