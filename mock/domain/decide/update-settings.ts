import type { CommandOf } from "../commands.ts";
import { refuseSettings } from "../meta/settings-rules.ts";
import { applySettings } from "../settings.ts";
import type { WorldState } from "../state.ts";
import type { Instant } from "../time.ts";
import { type Decision, happened, refused } from "./decision.ts";
import { metaNumber } from "./find.ts";

/** The business changes its calling settings; all of the change or none of it. */
export function updateSettings(state: WorldState, command: CommandOf<"updateSettings">, now: Instant): Decision {
  const found = metaNumber(state, command.numberId);
  if (!found.ok) return refused(found.refusal);
  const refusal = refuseSettings(found.number, command.change, now);
  if (refusal !== null) return refused(refusal);
  return happened({
    type: "settings.updated",
    at: now,
    numberId: command.numberId,
    settings: applySettings(found.number.settings, command.change),
  });
}
