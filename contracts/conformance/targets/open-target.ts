import { remoteControl } from "../../../mock/control/remote-control.ts";
import type { WebhookSecrets } from "../../../mock/webhooks/sign.ts";
import { politeSend } from "../../http/polite-send.ts";
import { sendTo, usualLimits } from "../../http/send.ts";
import type { KeyName } from "../case.ts";
import { openReceiver } from "../receiver.ts";
import { liveTarget } from "./live-target.ts";
import { sandboxTarget } from "./sandbox-target.ts";
import type { Target } from "./target.ts";

/** What a target is made of, as data: it travels to the thread in which cases are played. */
export type TargetDescription = {
  /** The address of the Calls API. */
  readonly url: string;
  /** How long one request may take, in milliseconds. */
  readonly timeoutMs: number;
} & (
  | {
      readonly kind: "sandbox";
      readonly controlUrl: string;
      readonly controlToken: string | null;
      /** Null where another seed than ours may be in use. */
      readonly secrets: WebhookSecrets | null;
    }
  | {
      readonly kind: "live";
      readonly keys: Readonly<Partial<Record<KeyName, string>>>;
      readonly allowCalls: string | null;
      readonly allowChanges: boolean;
      readonly requestsPerSecond: number;
    }
);

/** A target, and the way to let go of it. */
export interface OpenTarget {
  readonly target: Target;
  readonly close: () => Promise<void>;
}

/** Makes a target of its description; a sandbox gets a receiver on the loopback. */
export async function openTarget(of: TargetDescription): Promise<OpenTarget> {
  const send = sendTo(of.url, { ...usualLimits, timeoutMs: of.timeoutMs });
  if (of.kind === "live") {
    const sleep = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
    const { requestsPerSecond } = of;
    const polite = politeSend(send, { requestsPerSecond, sleep, now: () => performance.now() });
    return { target: liveTarget({ ...of, send: polite }), close: async () => {} };
  }
  const { controlUrl, controlToken, secrets } = of;
  const receiver = await openReceiver();
  const control = remoteControl({
    url: controlUrl,
    controlToken: controlToken ?? undefined,
    fetch: (url, init) => fetch(url, { ...init, signal: AbortSignal.timeout(of.timeoutMs) }),
  });
  return { target: sandboxTarget({ send, url: of.url, control, receiver, secrets }), close: () => receiver.close() };
}
