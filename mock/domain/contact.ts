import type { Phone } from "./phone.ts";

/** A WhatsApp user as the world knows them; whoever is not listed has the defaults. */
export interface Contact {
  readonly phone: Phone;
  readonly name: string | null;
  /** Null leaves the script to the magic number, the business number or the world. */
  readonly script: string | null;
  /** False: Meta says the receiver can't be called (138001), EVO_GO's call fails with `UNREACHABLE`. */
  readonly reachable: boolean;
}

export function unknownContact(phone: Phone): Contact {
  return { phone, name: null, script: null, reachable: true };
}
