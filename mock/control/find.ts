import { refusePhone } from "../api/phone-input.ts";
import type { Call } from "../domain/call.ts";
import type { BusinessNumber } from "../domain/number.ts";
import { parsePhone } from "../domain/phone.ts";
import { type Refusal, refuse } from "../domain/refusals/refusal.ts";
import type { ScriptBook } from "../people/script.ts";
import type { Place } from "../world/worlds.ts";
import type { FoundPlace, Sandboxed } from "./handler.ts";

type Found<T> = ({ readonly ok: true } & T) | { readonly ok: false; readonly refusal: Refusal };

/** The world that a path names. */
export function placeNamed({ worlds }: Sandboxed, id: string): FoundPlace {
  const place = worlds.get(id);
  if (place !== undefined) return { ok: true, place };
  return {
    ok: false,
    refusal: refuse("WORLD_NOT_FOUND", {
      message: `There is no world ${shown(id)}. Create one with POST /_sandbox/worlds; unused ones are removed after an hour.`,
    }),
  };
}

/** A call by any of its ids, or the newest one as `latest` (CTRL-006). */
export function callNamed(place: Place, ref: string): Found<{ call: Call }> {
  const call = place.world.state.calls.latest(ref);
  if (call !== undefined) return { ok: true, call };
  const none = ref === "latest";
  return {
    ok: false,
    refusal: refuse("CALL_NOT_FOUND", {
      message: none
        ? "This world has had no call yet, so there is no latest one."
        : `This world has no call ${shown(ref)}. Use one of its ids, or latest.`,
      behaviour: none ? "CTRL-007" : "CTRL-005",
    }),
  };
}

/** A number of a world, by id or by phone number. */
export function numberNamed(place: Place, ref: string): Found<{ number: BusinessNumber }> {
  const { numbers } = place.world.state;
  const phone = parsePhone(ref);
  const number = numbers.get(ref) ?? [...numbers.values()].find((candidate) => candidate.number === phone);
  if (number !== undefined) return { ok: true, number };
  const known = [...numbers.values()].map((candidate) => `+${candidate.number}`).join(", ");
  // The same code has status 400 on the calls endpoints, where the key names the number.
  const refusal = refuse("NUMBER_NOT_FOUND", {
    message: `This world has no number ${shown(ref)}. It has ${known}.`,
    behaviour: "CTRL-004",
  });
  return { ok: false, refusal: { ...refusal, status: 404 } };
}

/** A phone number in a path or body of the control API. */
export function phoneIn(path: string, text: string): Found<{ phone: string }> {
  const phone = parsePhone(text);
  return phone === null ? { ok: false, refusal: refusePhone(path, text) } : { ok: true, phone };
}

/** Refuses a script that nobody defined, with the names that exist (PEOPLE-026). */
export function refuseScript(scripts: ScriptBook, name: string | null | undefined): Refusal | null {
  if (name === null || name === undefined || scripts.has(name)) return null;
  const message = `script must be one of ${[...scripts.keys()].join(", ")}, but was ${shown(name)}.`;
  return refuse("VALIDATION_ERROR", {
    message: `${message} Define your own in the file of --config.`,
    behaviour: "PEOPLE-026",
    details: { issues: [{ path: "script", message }] },
  });
}

function shown(text: string): string {
  return JSON.stringify(text.slice(0, 80));
}
