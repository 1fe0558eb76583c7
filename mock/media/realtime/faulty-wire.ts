import { SoundFault, type SoundFaultOptions } from "../sound-fault.ts";
import type { Wire } from "./wire.ts";

/**
 * Puts a fault between a socket and its client: what the client hears is disturbed, what it says arrives whole.
 *
 * @returns the wire to use in place of the given one
 */
export function faultyWire(wire: Wire, given: Omit<SoundFaultOptions, "keepsOrder" | "cut">): Wire {
  const fault = new SoundFault({ ...given, keepsOrder: true, cut: () => wire.cut() });
  return {
    ...wire,
    send: (bytes) => fault.pass(bytes, wire.send),
    close: (code, reason) => {
      fault.end();
      wire.close(code, reason);
    },
    cut: () => {
      fault.end();
      wire.cut();
    },
    gone: () => fault.end(),
  };
}
