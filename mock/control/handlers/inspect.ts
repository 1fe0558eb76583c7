import { specVersion } from "../../../spec/generated/operations.ts";
import { answered } from "../../api/outcome.ts";
import { billingOf } from "../../domain/billing.ts";
import { isoTime } from "../../domain/time.ts";
import { loggedRequestDto } from "../dto/logged-request.ts";
import { feed } from "../feed.ts";
import { callNamed, placeNamed } from "../find.ts";
import type { ControlHandler } from "../handler.ts";

/** `GET /_sandbox/health` */
export const getHealth: ControlHandler<"getHealth"> = ({ version, startedAt, worlds }) =>
  answered({
    version,
    specVersion,
    uptimeSeconds: Math.round(performance.now() - startedAt) / 1_000,
    worlds: worlds.size,
  });

/** `GET /_sandbox/worlds/{w}/requests` */
export const listRequests: ControlHandler<"listRequests"> = (sandbox, { path, query }) => {
  const found = placeNamed(sandbox, path.w);
  if (!found.ok) return found;
  const about = query.callId === undefined ? null : callNamed(found.place, query.callId);
  if (about?.ok === false) return about;
  const requests = found.place.requests.list(query.limit ?? 100, about?.call.id ?? null);
  return answered({ requests: requests.map(loggedRequestDto) });
};

/** `GET /_sandbox/worlds/{w}/events` */
export const streamEvents: ControlHandler<"streamEvents"> = (sandbox, { path }) => {
  const found = placeNamed(sandbox, path.w);
  return found.ok ? answered(feed(found.place)) : found;
};

/** `GET /_sandbox/worlds/{w}/calls/{callId}/timeline` */
export const getTimeline: ControlHandler<"getTimeline"> = (sandbox, { path }) => {
  const found = placeNamed(sandbox, path.w);
  if (!found.ok) return found;
  const named = callNamed(found.place, path.callId);
  if (!named.ok) return named;
  const entries = found.place.timeline.of(named.call.id);
  return answered({ callId: named.call.id, entries: entries.map((entry) => ({ ...entry, at: isoTime(entry.at) })) });
};

/** `GET /_sandbox/worlds/{w}/calls/{callId}/billing` */
export const getBilling: ControlHandler<"getBilling"> = (sandbox, { path }) => {
  const found = placeNamed(sandbox, path.w);
  if (!found.ok) return found;
  const named = callNamed(found.place, path.callId);
  if (!named.ok) return named;
  return answered({ ...billingOf(named.call, found.place.world.clock.now()), pulseSeconds: 6 });
};
