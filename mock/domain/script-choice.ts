import { magicFailureScript, magicScripts } from "./magic-numbers.ts";
import type { CallingNumber } from "./number.ts";
import type { Phone } from "./phone.ts";
import type { WorldState } from "./state.ts";

/** The script of people about whom nothing was said. */
export const defaultScript = "answer";

/**
 * Chooses how the person behind a number behaves: what was said of this contact, else the number dialled, else the
 * default of the business number, else `answer`. Somebody whose phone is out of reach on EVO_GO is `unreachable`.
 */
export function chooseScript(state: WorldState, number: CallingNumber, phone: Phone): string {
  const contact = state.contacts.get(phone);
  if (contact?.reachable === false) return "unreachable";
  const magic = magicScripts[phone] ?? (number.provider === "META" ? magicFailureScript(phone) : null);
  return contact?.script ?? magic ?? number.script ?? defaultScript;
}
