import type { Call } from "./call.ts";
import type { Instant } from "./time.ts";

/** Meta bills answered business-initiated calls in pulses of six seconds (seed, Billing; meta-calling §9). */
export const pulseSeconds = 6;

/** Who pays for a call, and for how much of it. */
export interface Billing {
  readonly callId: string;
  readonly billable: boolean;
  /** `WABA`: Meta bills the WhatsApp Business Account. Pilot Status charges nothing for calls. */
  readonly payer: "WABA" | null;
  readonly seconds: number;
  readonly pulses: number;
  readonly pulseSeconds: number;
  readonly reason: string;
}

/**
 * The billing figures of a call; for a call that still runs, what has accrued until now.
 *
 * @example billingOf({ ...call, connectedAt: 0, endedAt: 56_000 }, 60_000).pulses // 10
 */
export function billingOf(call: Call, now: Instant): Billing {
  const free = whyFree(call);
  if (free !== null || call.connectedAt === null) {
    return { callId: call.id, billable: false, payer: null, seconds: 0, pulses: 0, pulseSeconds, reason: free ?? "" };
  }
  const milliseconds = (call.endedAt ?? now) - call.connectedAt;
  return {
    callId: call.id,
    billable: true,
    payer: "WABA",
    seconds: Math.floor(milliseconds / 1_000),
    pulses: Math.ceil(milliseconds / (pulseSeconds * 1_000)),
    pulseSeconds,
    reason:
      "Meta bills the WhatsApp Business Account for answered business-initiated calls, in begun pulses of 6 seconds.",
  };
}

function whyFree(call: Call): string | null {
  if (call.provider === "EVO_GO") return "Calls on EVO_GO numbers have no charge per minute.";
  if (call.direction === "INBOUND") return "Calls that the user started are free.";
  return call.connectedAt === null ? "Nobody answered." : null;
}
