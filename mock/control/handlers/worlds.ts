import { answered, declined } from "../../api/outcome.ts";
import { refuse } from "../../domain/refusals/refusal.ts";
import { parseInstant } from "../../domain/time.ts";
import { keysOf } from "../../world/seed.ts";
import type { NewWorld } from "../../world/worlds.ts";
import { worldDto } from "../dto/world.ts";
import { placeNamed } from "../find.ts";
import type { ControlHandler } from "../handler.ts";
import { refuseInstant } from "../refuse-instant.ts";

/** `POST /_sandbox/worlds` */
export const createWorld: ControlHandler<"createWorld"> = ({ worlds }, { body }) => {
  const { now, ...rest } = body ?? {};
  const at = now === undefined ? undefined : parseInstant(now);
  if (at === null) return declined(refuseInstant(now ?? ""));
  const wanted: NewWorld = at === undefined ? rest : { ...rest, now: at };
  const created = worlds.create(wanted);
  if (!created.ok) return declined(created.refusal);
  const { id } = created.place.world;
  return answered({ id, keys: keysOf(id) });
};

/** `GET /_sandbox/worlds/{w}` */
export const getWorld: ControlHandler<"getWorld"> = (sandbox, { path }) => {
  const found = placeNamed(sandbox, path.w);
  return found.ok ? answered(worldDto(found.place)) : found;
};

/** `PATCH /_sandbox/worlds/{w}` */
export const updateWorld: ControlHandler<"updateWorld"> = (sandbox, { path, body }) => {
  const found = placeNamed(sandbox, path.w);
  if (!found.ok) return found;
  if (body.mode !== undefined) found.place.world.dispatch({ type: "setMode", mode: body.mode });
  return answered(worldDto(found.place));
};

/** `DELETE /_sandbox/worlds/{w}` */
export const deleteWorld: ControlHandler<"deleteWorld"> = (sandbox, { path }) => {
  const found = placeNamed(sandbox, path.w);
  if (!found.ok) return found;
  if (path.w === "default") {
    const message = "The world default can't be removed.";
    return declined(
      refuse("VALIDATION_ERROR", {
        message: `${message} Reset it with POST /_sandbox/worlds/default/reset.`,
        behaviour: "WORLD-018",
        details: { issues: [{ path: "w", message }] },
      }),
    );
  }
  sandbox.worlds.remove(path.w);
  return answered(null);
};

/** `POST /_sandbox/worlds/{w}/reset` */
export const resetWorld: ControlHandler<"resetWorld"> = (sandbox, { path }) => {
  const found = placeNamed(sandbox, path.w);
  if (!found.ok) return found;
  sandbox.worlds.reset(found.place);
  return answered(worldDto(found.place));
};
