import { answered, declined } from "../../api/outcome.ts";
import type { Call } from "../../domain/call.ts";
import { type Refusal, refuse } from "../../domain/refusals/refusal.ts";
import { isoTime, parseInstant } from "../../domain/time.ts";
import { dumpState, loadState, type StateDump } from "../../world/state-dump.ts";
import { clockDto } from "../dto/world.ts";
import { placeNamed } from "../find.ts";
import type { ControlHandler, ControlRequest } from "../handler.ts";
import type { Misfit } from "../snapshot/check-snapshot.ts";

type SnapshotBody = ControlRequest<"putSnapshot">["body"];

/** `GET /_sandbox/worlds/{w}/snapshot` */
export const getSnapshot: ControlHandler<"getSnapshot"> = (sandbox, { path }) => {
  const found = placeNamed(sandbox, path.w);
  if (!found.ok) return found;
  const { world } = found.place;
  const { core, calls } = dumpState(world.state);
  return answered({
    format: "calls-sandbox-snapshot",
    version: 1,
    world: world.id,
    savedAt: isoTime(world.clock.now()),
    clock: clockDto(world.clock),
    state: JSON.parse(core),
    // Calls are written down as they are kept: plain values, instants in milliseconds.
    calls: [...calls].flat().map((call) => ({ ...call })),
  });
};

/** `PUT /_sandbox/worlds/{w}/snapshot`: everything is checked before anything is replaced (CTRL-050). */
export const putSnapshot: ControlHandler<"putSnapshot"> = async (sandbox, { path, body }) => {
  const found = placeNamed(sandbox, path.w);
  if (!found.ok) return found;
  const { world } = found.place;
  if (body.world !== world.id) return declined(ofAnotherWorld(body.world, world.id));
  const dump = dumpOf(body);
  const misfits = await misfitsOf(dump, body.state, world.id);
  if (misfits.length > 0) return declined(misfit(misfits));
  sandbox.worlds.restore(found.place, dump, {
    mode: body.clock.mode,
    now: parseInstant(body.clock.now) ?? world.clock.now(),
  });
  return answered(clockDto(world.clock));
};

function dumpOf({ state, calls }: SnapshotBody): StateDump {
  // The spec has checked what it can of a call; check-snapshot.ts looks at the rest before anything is used.
  return { core: JSON.stringify(state), calls: [calls as unknown as readonly Call[]] };
}

/** The checks bring the validators of every answer with them, so they are loaded only here. */
async function misfitsOf(dump: StateDump, written: object, worldId: string): Promise<readonly Misfit[]> {
  const { checkSnapshot } = await import("../snapshot/check-snapshot.ts");
  try {
    const state = loadState(dump);
    if (state.source.worldId !== worldId) return [{ path: "state.source", message: "names another world" }];
    return checkSnapshot(state, written);
  } catch (error) {
    return [{ path: "state", message: `can't be read: ${error instanceof Error ? error.message : String(error)}` }];
  }
}

function ofAnotherWorld(theirs: string, ours: string): Refusal {
  return refuse("SNAPSHOT_OF_ANOTHER_WORLD", {
    message: `This snapshot was taken of the world ${theirs}, and this is ${ours}: it holds that world's keys. Create a world with the id ${theirs} and put it there.`,
  });
}

function misfit(misfits: readonly Misfit[]): Refusal {
  const list = misfits.slice(0, 5).map(({ path, message }) => `${path} ${message}`);
  return refuse("VALIDATION_ERROR", {
    message: `The snapshot doesn't fit, and nothing was changed: ${list.join("; ")}.`,
    behaviour: "CTRL-050",
    details: { issues: misfits.map(({ path, message }) => ({ path, message: `${path} ${message}` })) },
  });
}
