import { PeerCall, type PeerCallOptions } from "./peer-call.ts";
import { Voices } from "./voices.ts";

/** What loads only when a META call needs media: the WebRTC stack and Opus take a third of a second. */
export interface Engine {
  readonly openPeer: (options: Omit<PeerCallOptions, "voices">) => PeerCall;
}

export function createEngine(): Engine {
  const voices = new Voices();
  return { openPeer: (options) => new PeerCall({ ...options, voices }) };
}
