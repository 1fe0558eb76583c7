import type { MediaReport } from "../../control/media-desk.ts";
import type { RealtimeOptions } from "../../realtime-options.ts";
import type { CallMedia } from "../realtime/call-media.ts";
import { toWav } from "../wav/write-wav.ts";
import { rateMismatch } from "./rate-mismatch.ts";
import { RecordingRoom } from "./recording-room.ts";
import type { Recorded } from "./shelf.ts";
import { Side } from "./side.ts";
import type { MediaWarning } from "./warnings.ts";

/** What the control API tells of a call; one that nobody listened to has zeros. */
export function mediaReport(media: CallMedia | undefined, options: RealtimeOptions): MediaReport {
  const { sampleRate, frameMs } = options;
  const format = { sampleRate, frameMs };
  const nothing = () => new Side(sampleRate, 0, new RecordingRoom(0)).figures();
  if (media === undefined)
    return { format, voice: null, sockets: [], client: nothing(), person: nothing(), warnings: [] };
  const client = media.client.figures();
  return {
    format,
    voice: { pattern: media.pattern, toneHz: media.signatureHz },
    sockets: media.sessions.map(({ mode, openedAt, end }) => ({
      mode,
      openedAt,
      closedAt: end?.at ?? null,
      code: end?.code ?? null,
      reason: end?.reason ?? null,
    })),
    client,
    person: media.person.figures(),
    warnings: [...media.warnings.list(), ...wrongRate(media, sampleRate), ...unrecorded(media)],
  };
}

/** A warning when the recording lacks something that was said. */
export function unrecorded({ client, person }: Recorded): readonly MediaWarning[] {
  const [firstAt] = [client, person].flatMap((side) => side.unrecordedSince ?? []).toSorted((a, b) => a - b);
  if (firstAt === undefined) return [];
  const message =
    "The recordings of all calls have no room left (1 GiB), so this one lacks what was said meanwhile. Keep less of each call with recordSeconds.";
  return [{ name: "recordingFull", message, count: 1, firstAt }];
}

function wrongRate(media: CallMedia, sampleRate: number): readonly MediaWarning[] {
  // A file that was played has been resampled, and music has every pitch.
  const sent = media.client.dominant().map((hz, second) => (media.clipSeconds.has(second) ? null : hz));
  const found = rateMismatch(sent, sampleRate, media.client.arrivalRatio());
  if (found === null) return [];
  const { heardHz, meantHz, sentRate } = found;
  const message = `The client's audio sounds at ${heardHz} Hz, which is ${meantHz} Hz sent at ${sentRate} Hz. The socket takes ${sampleRate} Hz: resample before you send.`;
  return [{ name: "rateMismatch", message, count: 1, firstAt: media.client.firstAudioAt ?? 0 }];
}

/** The recording as a WAV file: the client left, the person right, each sample where it was heard. */
export function recordingOf(media: CallMedia | undefined, sampleRate: number): Uint8Array<ArrayBuffer> {
  if (media === undefined) return toWav([new Int16Array(0), new Int16Array(0)], sampleRate);
  const { client, person } = media;
  const length = Math.max(client.recording.length, person.recording.length);
  return toWav([client.recording.stretch(0, length), person.recording.stretch(0, length)], sampleRate);
}
