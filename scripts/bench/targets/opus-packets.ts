import OpusScript from "opusscript";
import { RTCRtpCodecParameters } from "werift";
import { synth } from "../../../mock/media/index.ts";

/** Opus as browsers name it. */
export function opusCodec(): RTCRtpCodecParameters {
  return new RTCRtpCodecParameters({ mimeType: "audio/opus", clockRate: 48_000, channels: 2, payloadType: 111 });
}

/** A second of 1,000 Hz as fifty packets, encoded once for everybody. */
export function packetsOfTone(): readonly Buffer[] {
  const encoder = new OpusScript(48_000, 1, OpusScript.Application.VOIP);
  const tone = synth("1000/1000", { ms: 1_000, sampleRate: 48_000 });
  const packets = Array.from({ length: 50 }, (_, index) => {
    const frame = tone.subarray(index * 960, (index + 1) * 960);
    return encoder.encode(Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength), 960);
  });
  encoder.delete();
  return packets;
}
