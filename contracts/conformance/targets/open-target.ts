import { openReceiver } from "../receiver.ts";
import { controlOf, senderOf, type TargetDescription } from "./description.ts";
import { liveTarget } from "./live-target.ts";
import { sandboxTarget } from "./sandbox-target.ts";
import type { Target } from "./target.ts";

/** A target, and the way to let go of it. */
export interface OpenTarget {
  readonly target: Target;
  readonly close: () => Promise<void>;
}

/** Makes a target of its description; a sandbox gets a receiver on the loopback. */
export async function openTarget(of: TargetDescription): Promise<OpenTarget> {
  const send = senderOf(of);
  if (of.kind === "live") return { target: liveTarget({ ...of, send }), close: async () => {} };
  const receiver = await openReceiver();
  const { url, secrets } = of;
  const target = sandboxTarget({ send, url, control: controlOf(of), receiver, secrets });
  return { target, close: () => receiver.close() };
}
