import type { BehaviourId } from "../../spec/generated/behaviour-ids.ts";

/** Why the address of a file is not taken: enough to mend it, and nothing of what is behind the address. */
export interface UrlFault {
  readonly behaviour: BehaviourId;
  /** What the address must do and does not, as an issue of the request's body. */
  readonly message: string;
  /** What whoever runs the sandbox can do about it. */
  readonly remedy: string;
}

/** Where `play` asks about an address; the media effect answers, and nothing else of it is known here. */
export interface AudioDesk {
  /**
   * Judges an address before the request is answered (MEDIA-PLAY-002).
   *
   * @param url a well-formed http or https address
   * @param strict refuses an address that can't be fetched and has no fixture
   * @returns null when the address is fine
   */
  readonly judge: (url: string, strict: boolean) => Promise<UrlFault | null>;
}
