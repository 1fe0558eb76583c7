import type { Control } from "../control/control.ts";
import type { Sandbox } from "../sandbox.ts";
import type { WebhookSecrets } from "../webhooks/sign.ts";

/** A sandbox to play a scenario on: in this process, or behind an address. */
export interface ScenarioTarget {
  readonly control: Control;
  /** A request to the Calls API; the path begins with `/v1`. */
  readonly request: (path: string, init: RequestInit) => Promise<Response>;
  /** What its webhooks are signed with. */
  readonly secrets: WebhookSecrets;
}

/** A sandbox of this process as a target; what is a target already stays as it is. */
export function targetOf(sandbox: Sandbox | ScenarioTarget): ScenarioTarget {
  if (!("app" in sandbox)) return sandbox;
  const { control, secrets, app } = sandbox;
  return { control, secrets, request: async (path, init) => app.request(path, init) };
}
