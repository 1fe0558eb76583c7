import { remoteControl } from "../../../control/remote-control.ts";
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
  return {
    secrets,
    request: (path, init) => send(`${base}${path}`, init),
    control: remoteControl({ url, controlToken, fetch: send }),
  };
}
