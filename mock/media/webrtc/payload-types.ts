import type { SdpCodec } from "../../domain/sdp/index.ts";

/** What Meta takes keys to be when the client's SDP doesn't name them (meta-calling §5.1). */
const usualKeys: SdpCodec = {
  payloadType: 126,
  name: "telephone-event",
  clockRate: 8_000,
  channels: 1,
  parameters: null,
  feedback: [],
  line: null,
};

/** The client's codecs, with keys among them also when it didn't name any; what it calls 126 itself stays that. */
export function withKeys(codecs: readonly SdpCodec[]): readonly SdpCodec[] {
  const settled = named(codecs, usualKeys.name).length > 0 || codecs.some(({ payloadType }) => payloadType === 126);
  return settled ? codecs : [...codecs, usualKeys];
}

/** The payload types under which the person's audio and keys go to a client with these codecs. */
export function payloadTypes(codecs: readonly SdpCodec[]): { readonly opus: number; readonly telephoneEvent: number } {
  const keys = named(codecs, usualKeys.name);
  // Of two telephone-events Meta takes the one at 8,000 Hz (meta-calling §5.1).
  const key = keys.find(({ clockRate }) => clockRate === usualKeys.clockRate) ?? keys[0] ?? usualKeys;
  return { opus: named(codecs, "opus")[0]?.payloadType ?? 111, telephoneEvent: key.payloadType };
}

function named(codecs: readonly SdpCodec[], name: string): readonly SdpCodec[] {
  return codecs.filter((codec) => codec.name.toLowerCase() === name);
}
