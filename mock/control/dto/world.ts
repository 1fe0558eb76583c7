import type { components } from "../../../spec/generated/control.ts";
import { isoTime } from "../../domain/time.ts";
import type { WorldClock } from "../../world/clock.ts";
import { keysOf } from "../../world/seed.ts";
import type { Place } from "../../world/worlds.ts";
import { sandboxNumberDto } from "./number.ts";

type WorldDto = components["schemas"]["World"];

export function worldDto({ world }: Place): WorldDto {
  return {
    id: world.id,
    createdAt: isoTime(world.createdAt),
    mode: world.state.mode,
    clock: clockDto(world.clock),
    numbers: [...world.state.numbers.values()].map((number) => sandboxNumberDto(world.state, number)),
    keys: keysOf(world.id),
  };
}

export function clockDto(clock: WorldClock): components["schemas"]["Clock"] {
  return { mode: clock.mode, now: isoTime(clock.now()) };
}
