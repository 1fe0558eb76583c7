import type { BehaviourId } from "../../../spec/generated/behaviour-ids.ts";

/** What can be wrong with a file that was asked for, as the timeline names it. */
export type PlayReason =
  | "redirectRefused"
  | "addressRefused"
  | "unresolved"
  | "offline"
  | "unreachable"
  | "status"
  | "tooManyRedirects"
  | "tooLarge"
  | "tooSlow"
  | "encoding"
  | "fixture"
  | "format"
  | "undecodable"
  | "empty";

/** A file that can't be played; the call goes on without it. */
export class PlayFailure extends Error {
  override readonly name = "PlayFailure";
  readonly reason: PlayReason;
  readonly behaviour: BehaviourId;

  /**
   * @param reason the short name
   * @param behaviour the ledger entry behind it
   * @param message one sentence for a person
   */
  constructor(reason: PlayReason, behaviour: BehaviourId, message: string) {
    super(message);
    this.reason = reason;
    this.behaviour = behaviour;
  }
}
