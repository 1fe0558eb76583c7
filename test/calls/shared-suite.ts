import { describe } from "vitest";
import { inbound } from "./shared/inbound.ts";
import { listing } from "./shared/listing.ts";
import { listingParameters } from "./shared/listing-parameters.ts";
import { outbound } from "./shared/outbound.ts";
import { races } from "./shared/races.ts";
import { record } from "./shared/record.ts";
import type { Side } from "./shared/side.ts";
import { starting } from "./shared/starting.ts";
import { wrongState } from "./shared/wrong-state.ts";

/**
 * What a call is and does, whoever provides the number. Both providers run all of it; where they may differ is written
 * down in `side.differences` and nowhere else.
 *
 * @example callSuite(meta)
 */
export function callSuite(side: Side): void {
  describe(`calls on ${side.provider}`, () => {
    starting(side);
    outbound(side);
    inbound(side);
    wrongState(side);
    races(side);
    record(side);
    listing(side);
    listingParameters(side);
  });
}
