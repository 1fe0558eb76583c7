import type { components } from "../../../spec/generated/control.ts";
import { contactOf, firstWindow } from "../../domain/decide/find.ts";
import type { MetaNumber } from "../../domain/number.ts";
import { pairKey } from "../../domain/pair.ts";
import { effectivePermission, noPermission } from "../../domain/permission.ts";
import type { Phone } from "../../domain/phone.ts";
import type { WorldState } from "../../domain/state.ts";
import { type Instant, isoTime, unixSeconds } from "../../domain/time.ts";

type ContactDto = components["schemas"]["Contact"];

/** What a world knows of a person, and how the person stands with each META number. */
export function contactDto(state: WorldState, phone: Phone, now: Instant): ContactDto {
  const { name, script, reachable } = contactOf(state, phone);
  const metaNumbers = [...state.numbers.values()].filter((number): number is MetaNumber => number.provider === "META");
  return { phone, name, script, reachable, numbers: metaNumbers.map((number) => standing(state, number, phone, now)) };
}

function standing(state: WorldState, number: MetaNumber, phone: Phone, now: Instant): ContactDto["numbers"][number] {
  const pair = state.pairs.get(pairKey(number.id, phone));
  const permission = effectivePermission(pair?.permission ?? noPermission, now);
  const closesAt = pair?.windowClosesAt ?? firstWindow(state);
  const open = closesAt > now;
  return {
    numberId: number.id,
    permission: {
      status: permission.status,
      expirationTime: permission.status === "temporary" ? unixSeconds(permission.expiresAt) : null,
    },
    serviceWindow: { status: open ? "open" : "closed", closesAt: open ? isoTime(closesAt) : null },
  };
}
