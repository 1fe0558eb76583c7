import { answered, declined } from "../../api/outcome.ts";
import { refuse } from "../../domain/refusals/refusal.ts";
import { isoTime, parseDuration, parseInstant } from "../../domain/time.ts";
import { clockDto } from "../dto/world.ts";
import { placeNamed } from "../find.ts";
import type { ControlHandler } from "../handler.ts";
import { refuseInstant } from "../refuse-instant.ts";

/** `GET /_sandbox/worlds/{w}/clock` */
export const getClock: ControlHandler<"getClock"> = (sandbox, { path }) => {
  const found = placeNamed(sandbox, path.w);
  return found.ok ? answered(clockDto(found.place.world.clock)) : found;
};

/** `PUT /_sandbox/worlds/{w}/clock` */
export const setClock: ControlHandler<"setClock"> = async (sandbox, { path, body }) => {
  const found = placeNamed(sandbox, path.w);
  if (!found.ok) return found;
  const { clock } = found.place.world;
  if (body.mode === "real") {
    clock.makeReal();
    return answered(clockDto(clock));
  }
  const now = body.now === undefined ? clock.now() : parseInstant(body.now);
  if (now === null) return declined(refuseInstant(body.now ?? ""));
  const present = clock.now();
  if (body.now !== undefined && now < present) {
    return declined(
      refuse("CLOCK_GOES_BACKWARDS", {
        message: `now must not lie before the world's time, ${isoTime(present)}, but was ${isoTime(now)}. Create a world of its own for an earlier time.`,
      }),
    );
  }
  const moved = await clock.unlessStuck(() => clock.makeVirtual(now));
  return moved === null ? declined(refuseWhileStuck()) : answered(clockDto(clock));
};

/** `POST /_sandbox/worlds/{w}/clock/advance` */
export const advanceClock: ControlHandler<"advanceClock"> = async (sandbox, { path, body }) => {
  const found = placeNamed(sandbox, path.w);
  if (!found.ok) return found;
  const { clock } = found.place.world;
  const milliseconds = parseDuration(body.by) ?? 0;
  if (milliseconds <= 0) {
    const message = `by must be longer than nothing, but was ${JSON.stringify(body.by)}.`;
    return declined(
      refuse("VALIDATION_ERROR", {
        message: `${message} For example PT24H.`,
        behaviour: "CLOCK-007",
        details: { issues: [{ path: "by", message }] },
      }),
    );
  }
  if (clock.mode === "real") {
    return declined(
      refuse("CLOCK_NOT_VIRTUAL", {
        message:
          'Only a virtual clock can be advanced, and this one runs with the machine. Stop it first with PUT …/clock {"mode":"virtual"}.',
      }),
    );
  }
  const fired = await clock.unlessStuck(() => clock.advance(milliseconds));
  return fired === null ? declined(refuseWhileStuck()) : answered({ ...clockDto(clock), fired });
};

function refuseWhileStuck() {
  return refuse("CLOCK_IS_ADVANCING", {
    message:
      "The clock was not moved: an advance is under way and has waited for more than a second for an answer from outside, most likely from a webhook's receiver that is asking for this. Answer the webhook first, and move the clock afterwards.",
  });
}
