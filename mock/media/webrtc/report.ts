import type { MediaReport } from "../../control/media-desk.ts";
import { unrecorded } from "../inspect/report.ts";
import { toWav } from "../wav/write-wav.ts";
import { frameMs, sampleRate } from "./format.ts";
import type { PeerCall } from "./peer-call.ts";

/** What the control API tells of a call with a peer. */
export function peerReport(peer: PeerCall): MediaReport {
  return {
    format: { sampleRate, frameMs },
    voice: { pattern: peer.pattern, toneHz: peer.signatureHz },
    sockets: [],
    peer: peer.peer,
    client: peer.client.figures(),
    person: peer.person.figures(),
    warnings: [...peer.warnings.list(), ...unrecorded(peer)],
  };
}

/** The recording as a WAV file: the client left, the person right, each sample where it was heard. */
export function peerRecording({ client, person }: PeerCall): Uint8Array<ArrayBuffer> {
  const length = Math.max(client.recording.length, person.recording.length);
  return toWav([client.recording.stretch(0, length), person.recording.stretch(0, length)], sampleRate);
}
