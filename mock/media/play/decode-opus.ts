import { PlayFailure } from "./failure.ts";
import { breathe, Mono } from "./mono.ts";
import { oggPackets } from "./ogg.ts";

/** Packets between two breaths of everybody else. */
const packetsAtOnce = 200;

const rates = [8_000, 12_000, 16_000, 24_000, 48_000] as const;

/** What was decoded of a file, at its own rate. */
export interface Decoded {
  readonly samples: Int16Array;
  readonly sampleRate: number;
  /** The file says it is longer. */
  readonly complete: boolean;
  /** The file was longer than is played. */
  readonly cut: boolean;
}

/**
 * Decodes Ogg Opus, at once at the rate that is wanted where Opus has it.
 *
 * @throws PlayFailure when its head is broken
 */
export async function decodeOpus(bytes: Uint8Array, wantedRate: number, seconds: number): Promise<Decoded> {
  const { packets, complete } = oggPackets(bytes);
  const sampleRate = rates.find((rate) => rate === wantedRate) ?? 48_000;
  const head = readHead(packets[0]);
  const { OpusDecoder } = await import("opus-decoder");
  const { gain, preSkip, ...layout } = head;
  // The head counts at 48 kHz whatever the rate (RFC 7845 §4.2), the decoder at its own.
  const decoder = new OpusDecoder({ sampleRate, preSkip: Math.round((preSkip * sampleRate) / 48_000), ...layout });
  await decoder.ready;
  try {
    const mono = new Mono(seconds * sampleRate);
    // The first packet is the head, the second holds comments (RFC 7845 §3).
    for (let at = 2; at < packets.length && !mono.full; at += packetsAtOnce) {
      mono.add(decoder.decodeFrames(packets.slice(at, at + packetsAtOnce)).channelData, gain);
      await breathe();
    }
    return { samples: mono.samples(), sampleRate, complete, cut: mono.cut };
  } finally {
    decoder.free();
  }
}

/** Reads the head of an Opus stream (RFC 7845 §5.1). */
function readHead(packet: Uint8Array | undefined) {
  if (packet === undefined || packet.length < 19) throw broken();
  const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength);
  const channels = view.getUint8(9);
  const family = view.getUint8(18);
  const gain = 10 ** (view.getInt16(16, true) / 256 / 20);
  const preSkip = view.getUint16(10, true);
  if (family === 0) {
    if (channels !== 1 && channels !== 2) throw broken();
    const channelMappingTable = channels === 1 ? [0] : [0, 1];
    return { channels, preSkip, gain, streamCount: 1, coupledStreamCount: channels - 1, channelMappingTable };
  }
  if (channels < 1 || channels > 8 || packet.length < 21 + channels) throw broken();
  const streamCount = view.getUint8(19);
  const coupledStreamCount = view.getUint8(20);
  const channelMappingTable = [...packet.subarray(21, 21 + channels)];
  const known = (index: number) => index === 255 || index < streamCount + coupledStreamCount;
  if (streamCount < 1 || streamCount > 8 || coupledStreamCount > streamCount || !channelMappingTable.every(known))
    throw broken();
  return { channels, preSkip, gain, streamCount, coupledStreamCount, channelMappingTable };
}

function broken(): PlayFailure {
  return new PlayFailure("undecodable", "MEDIA-PLAY-022", "The head of the Opus stream is broken.");
}
