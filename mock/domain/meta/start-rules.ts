import type { Checked } from "../decide/decision.ts";
import { contactOf } from "../decide/find.ts";
import { magicFailureScript, magicRefusal } from "../magic-numbers.ts";
import type { MetaNumber } from "../number.ts";
import { type Pair, pairKey } from "../pair.ts";
import { effectivePermission } from "../permission.ts";
import { isFromBlockedCountry, type Phone } from "../phone.ts";
import { metaErrors } from "../refusals/meta-errors.ts";
import { type Refusal, refuseByMeta } from "../refusals/refusal.ts";
import type { SdpFinding } from "../sdp/types.ts";
import type { WorldState } from "../state.ts";
import { type Instant, isoTime } from "../time.ts";
import { checkSdp } from "./sdp-check.ts";

/**
 * Meta's rules on a business-initiated call, in the order in which they are asked: the magic number, the SDP, the
 * account, the receiver, the permission, the limits. Meta publishes no order (assumption, META-START-009 and -010).
 */
export function refusalToStart(
  state: WorldState,
  number: MetaNumber,
  command: { to: Phone; sdp: string | null },
  now: Instant,
): Checked<{ sdpOffer: string; warnings: readonly SdpFinding[] }> {
  const { to, sdp } = command;
  const sent = checkSdp(state, sdp, "offer", () => refuseMagicNumber(to));
  if (!sent.ok) return sent;
  // A magic number whose call is to fail later is placed before Meta's rules are asked (PEOPLE-022); what the number has
  // running still counts.
  const refusal =
    (magicFailureScript(to) === null ? refuseCall(state, number, to, now) : null) ??
    refuseLimits(state, number, to, now);
  if (refusal !== null) return { ok: false, refusal };
  return { ok: true, sdpOffer: sent.sdp, warnings: sent.warnings };
}

function refuseCall(state: WorldState, number: MetaNumber, to: Phone, now: Instant): Refusal | null {
  return refuseAccount(number, to) ?? refuseReceiver(state, to) ?? refusePermission(state, number, to, now);
}

function refuseMagicNumber(to: Phone): Refusal | null {
  const code = magicRefusal(to);
  if (code === null) return null;
  return refuseByMeta(code, {
    message: `+${to} is a magic number: every call to it is refused with Meta's ${code} (${metaErrors[code].title}). Dial another number to get past it.`,
    behaviour: "META-START-009",
  });
}

/** What Meta holds against the business number itself; a permission request meets the same refusals. */
export function refuseAccount(number: MetaNumber, to: Phone): Refusal | null {
  if (number.sipEnabled) {
    return refuseByMeta(131055, {
      message: "This number is set up for SIP, so it can't be called through the API.",
      behaviour: "META-START-016",
    });
  }
  if (isFromBlockedCountry(number.number)) {
    return refuseByMeta(138013, {
      message: `Business-initiated calling isn't available to numbers of this country (+${number.number}). Use a number of another country.`,
      behaviour: "META-START-013",
    });
  }
  if (number.settings.status !== "ENABLED") return refuseDisabledCalling(number);
  if (number.restricted) {
    return refuseByMeta(138014, {
      message:
        "Calling is paused on this number because of low quality. The pause lasts seven days on the real service.",
      behaviour: "META-START-015",
    });
  }
  if (!number.paymentMethod) {
    return refuseByMeta(131044, {
      message: "The WhatsApp Business Account of this number has no valid payment method.",
      behaviour: "META-START-023",
    });
  }
  if (number.testNumber && !number.allowList.includes(to)) {
    return refuseByMeta(131030, {
      message: `This is a test number and +${to} is not on its allow list. Add it there first.`,
      behaviour: "META-START-017",
    });
  }
  return null;
}

/** 138000, for everything that needs calling to be switched on. */
export function refuseDisabledCalling(number: MetaNumber): Refusal {
  return refuseByMeta(138000, {
    message: `Calling is not enabled on this number: its status is ${number.settings.status}. Enable it with PUT /v1/calls/settings {"status":"ENABLED"}.`,
    behaviour: "META-START-011",
  });
}

function refuseReceiver(state: WorldState, to: Phone): Refusal | null {
  if (contactOf(state, to).reachable) return null;
  return refuseByMeta(138001, { message: `+${to} can't be called on WhatsApp.`, behaviour: "META-START-012" });
}

function refusePermission(state: WorldState, number: MetaNumber, to: Phone, now: Instant): Refusal | null {
  const granted = state.pairs.get(pairKey(number.id, to))?.permission ?? { status: "none" };
  if (effectivePermission(granted, now).status !== "none") return null;
  const ranOut = granted.status === "temporary";
  return refuseByMeta(138006, {
    message: `+${to} has not allowed calls from this number${ranOut ? ": the temporary permission has run out" : ""}. Ask with POST /v1/calls/permissions/request and wait for call.permission_updated.`,
    behaviour: ranOut ? "META-PERM-005" : "META-PERM-001",
  });
}

function refuseLimits(state: WorldState, number: MetaNumber, to: Phone, now: Instant): Refusal | null {
  const pair = state.pairs.get(pairKey(number.id, to));
  const traffic = state.traffic.get(number.id);
  const { limits } = number;
  if (pair?.openCall) {
    return refuseByMeta(138003, {
      message: `A call between this number and +${to} is already running (${pair.openCall}). End it before you place another.`,
      behaviour: "META-LIMIT-008",
    });
  }
  const connected = connectedCalls(state, number, pair);
  if (connected !== undefined && connected.count(now) >= limits.connectedCallsPer24h) {
    const next = isoTime(connected.freesAt(now) ?? now);
    return refuseByMeta(138012, {
      message: `This ${limits.bicScope === "pair" ? "number and person have" : "number has"} had ${limits.connectedCallsPer24h} connected calls in 24 hours. The next one is allowed at ${next}.`,
      behaviour: "META-LIMIT-001",
      details: `The limit of connected business-initiated calls in 24 hours is reached. The next call is allowed at ${next}.`,
    });
  }
  if (traffic !== undefined && traffic.newCalls.count(now) >= limits.newCallsPer24h) {
    return refuseByMeta(138005, {
      message: `This number has started ${limits.newCallsPer24h} calls in 24 hours, as many as it may.`,
      behaviour: "META-LIMIT-014",
    });
  }
  if (traffic !== undefined && traffic.openCalls >= limits.concurrentCalls) {
    return refuseByMeta(138002, {
      message: `This number has ${limits.concurrentCalls} calls at once, as many as it may. Wait for one to end.`,
      behaviour: "META-LIMIT-012",
    });
  }
  return null;
}

/** What 138012 counts: the seed page says the number, Meta's pages say the pair (META-LIMIT-002, -003). */
export function connectedCalls(state: WorldState, number: MetaNumber, pair: Pair | undefined) {
  return number.limits.bicScope === "pair" ? pair?.connectedCalls : state.traffic.get(number.id)?.connectedCalls;
}
