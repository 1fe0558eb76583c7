/** All recordings of a sandbox's sockets, or of its peers, take up to so much: 1 GiB (MEDIA-WS-042). */
const mostBytes = 2 ** 30;

/** The memory that recordings share, so that many long calls at once don't fill that of the machine. */
export class RecordingRoom {
  #left: number;

  constructor(bytes = mostBytes) {
    this.#left = bytes;
  }

  /** Takes room; false when there is not enough. */
  take(bytes: number): boolean {
    if (bytes > this.#left) return false;
    this.#left -= bytes;
    return true;
  }

  giveBack(bytes: number): void {
    this.#left += bytes;
  }
}
