import type { Scenario } from "../scenario.ts";
import { actions } from "./actions.ts";
import { order } from "./order.ts";
import { permissions } from "./permissions.ts";
import { sdp } from "./sdp.ts";
import { states } from "./states.ts";

/** The twenty field bugs as scenarios, by name, in the order of their numbers (meta-calling §10). */
export const scenarios: ReadonlyMap<string, Scenario> = new Map(
  [...order, ...states, ...sdp, ...permissions, ...actions]
    .toSorted((left, right) => (left.bug ?? 0) - (right.bug ?? 0))
    .map((scenario) => [scenario.name, scenario]),
);
