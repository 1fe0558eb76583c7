import { RecordingRoom } from "./recording-room.ts";
import type { Side } from "./side.ts";

/** Recordings of ended calls take up to so much room, all worlds together; then the oldest goes. */
const mostBytes = 64 * 2 ** 20;

/** The sound of so many ended calls can be asked for. */
const mostCalls = 1_000;

/** The two sides of a call, over a socket or a peer. */
export interface Recorded {
  readonly client: Side;
  readonly person: Side;
}

/** Keeps what was said in calls that have ended, as long as there is room. */
export class Shelf {
  /** What the recordings of all calls share, those that are open and those that have ended. */
  readonly room = new RecordingRoom();
  readonly #kept = new Map<Recorded, { readonly bytes: number; readonly forget: () => void }>();
  #bytes = 0;

  /** @param forget told when the room is needed for others */
  add(media: Recorded, forget: () => void): void {
    const bytes = media.client.recording.bytes + media.person.recording.bytes;
    this.#kept.set(media, { bytes, forget });
    this.#bytes += bytes;
    for (const [oldest] of this.#kept) {
      if (this.#bytes <= mostBytes && this.#kept.size <= mostCalls) break;
      this.remove(oldest);
    }
  }

  /** Forgets a call's sound, also of one that is still open. */
  remove(media: Recorded): void {
    media.client.recording.release();
    media.person.recording.release();
    const kept = this.#kept.get(media);
    if (kept === undefined) return;
    this.#kept.delete(media);
    this.#bytes -= kept.bytes;
    kept.forget();
  }
}
