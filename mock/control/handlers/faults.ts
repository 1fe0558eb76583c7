import type { components } from "../../../spec/generated/control.ts";
import { answered, declined } from "../../api/outcome.ts";
import { refuse } from "../../domain/refusals/refusal.ts";
import { isoTime } from "../../domain/time.ts";
import type { ArmedFault } from "../../faults/rule.ts";
import { ruleBody } from "../../faults/show-rule.ts";
import { armFault } from "../arm-fault.ts";
import { placeNamed } from "../find.ts";
import type { ControlHandler } from "../handler.ts";

/** `GET /_sandbox/worlds/{w}/faults` */
export const listFaults: ControlHandler<"listFaults"> = (sandbox, { path }) => {
  const found = placeNamed(sandbox, path.w);
  return found.ok ? answered({ faults: found.place.faults.list().map(faultDto) }) : found;
};

/** `POST /_sandbox/worlds/{w}/faults` */
export const addFault: ControlHandler<"addFault"> = (sandbox, { path, body }) => {
  const found = placeNamed(sandbox, path.w);
  if (!found.ok) return found;
  const armed = armFault(found.place, body);
  return armed.ok ? answered(faultDto(armed.fault)) : declined(armed.refusal);
};

/** `DELETE /_sandbox/worlds/{w}/faults` */
export const deleteFaults: ControlHandler<"deleteFaults"> = (sandbox, { path }) => {
  const found = placeNamed(sandbox, path.w);
  if (!found.ok) return found;
  found.place.faults.removeAll();
  return answered(null);
};

/** `DELETE /_sandbox/worlds/{w}/faults/{id}` */
export const deleteFault: ControlHandler<"deleteFault"> = (sandbox, { path }) => {
  const found = placeNamed(sandbox, path.w);
  if (!found.ok) return found;
  if (found.place.faults.remove(path.id)) return answered(null);
  const ids = found.place.faults.list().map(({ id }) => id);
  const there = ids.length === 0 ? "It has none" : `It has ${ids.join(", ")}`;
  return declined(
    refuse("FAULT_NOT_FOUND", {
      message: `This world has no fault rule ${JSON.stringify(path.id.slice(0, 80))}. ${there}.`,
    }),
  );
};

function faultDto(fault: ArmedFault): components["schemas"]["Fault"] {
  const { id, armed, seen, hits, addedAt, lastHitAt } = fault;
  return {
    id,
    ...ruleBody(fault),
    armed,
    seen,
    hits,
    addedAt: isoTime(addedAt),
    lastHitAt: lastHitAt === null ? null : isoTime(lastHitAt),
  };
}
