import { answered } from "../../api/outcome.ts";
import { type Instant, isoTime } from "../../domain/time.ts";
import { callNamed, placeNamed } from "../find.ts";
import type { ControlHandler } from "../handler.ts";
import type { MediaSide } from "../media-desk.ts";

/** `GET /_sandbox/worlds/{w}/calls/{callId}/media` */
export const getMedia: ControlHandler<"getMedia"> = (sandbox, { path }) => {
  const found = placeNamed(sandbox, path.w);
  if (!found.ok) return found;
  const named = callNamed(found.place, path.callId);
  if (!named.ok) return named;
  const { format, voice, sockets, peer, client, person, warnings } = sandbox.media.report(
    found.place.world,
    named.call,
  );
  return answered({
    callId: named.call.id,
    format: {
      encoding: "pcm_s16le" as const,
      sampleRate: format.sampleRate,
      channels: 1 as const,
      frameMs: format.frameMs,
      frameBytes: (format.sampleRate * format.frameMs * 2) / 1_000,
    },
    voice,
    sockets: sockets.map((socket) => ({
      ...socket,
      openedAt: isoTime(socket.openedAt),
      closedAt: isoOrNull(socket.closedAt),
    })),
    peer: peer === undefined ? null : { ...peer, connectedAt: isoOrNull(peer.connectedAt) },
    client: side(client),
    person: side(person),
    warnings: warnings.map((warning) => ({ ...warning, firstAt: isoTime(warning.firstAt) })),
  });
};

/** `GET /_sandbox/worlds/{w}/calls/{callId}/audio.wav` */
export const getAudio: ControlHandler<"getAudio"> = (sandbox, { path }) => {
  const found = placeNamed(sandbox, path.w);
  if (!found.ok) return found;
  const named = callNamed(found.place, path.callId);
  if (!named.ok) return named;
  const wav = sandbox.media.recording(found.place.world, named.call);
  return answered(new Response(wav, { headers: { "content-type": "audio/wav" } }));
};

function side(figures: MediaSide) {
  return { ...figures, firstAudioAt: isoOrNull(figures.firstAudioAt), lastAudioAt: isoOrNull(figures.lastAudioAt) };
}

function isoOrNull(at: Instant | null): string | null {
  return at === null ? null : isoTime(at);
}
