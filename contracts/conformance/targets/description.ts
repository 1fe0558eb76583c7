import type { Control } from "../../../mock/control/control.ts";
import { remoteControl } from "../../../mock/control/remote-control.ts";
import type { WebhookSecrets } from "../../../mock/webhooks/sign.ts";
import { politeSend } from "../../http/polite-send.ts";
import { type SendRequest, sendTo, usualBounds } from "../../http/send.ts";
import type { KeyName } from "../case.ts";

/** What a target is made of, as data: it travels to the thread in which cases are played. */
export type TargetDescription = SandboxDescription | LiveDescription;

interface Described {
  /** The address of the Calls API. */
  readonly url: string;
  /** How long one request may take, in milliseconds. */
  readonly timeoutMs: number;
}

export interface SandboxDescription extends Described {
  readonly kind: "sandbox";
  readonly controlUrl: string;
  readonly controlToken: string | null;
  /** Null where another seed than ours may be in use. */
  readonly secrets: WebhookSecrets | null;
}

export interface LiveDescription extends Described {
  readonly kind: "live";
  readonly keys: Readonly<Partial<Record<KeyName, string>>>;
  readonly allowCalls: string | null;
  readonly allowChanges: boolean;
  readonly requestsPerSecond: number;
}

/** What sends requests to a target; a live service is treated as a stranger's. */
export function senderOf(of: TargetDescription): SendRequest {
  const send = sendTo(of.url, { ...usualBounds, timeoutMs: of.timeoutMs });
  if (of.kind === "sandbox") return send;
  const sleep = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
  return politeSend(send, { requestsPerSecond: of.requestsPerSecond, sleep, now: () => performance.now() });
}

/** The control API of a sandbox. */
export function controlOf({ controlUrl, controlToken, timeoutMs }: SandboxDescription): Control {
  return remoteControl({
    url: controlUrl,
    controlToken: controlToken ?? undefined,
    fetch: (url, init) => fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMs) }),
  });
}
