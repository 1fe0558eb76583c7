export { describeFinding } from "./findings.ts";
export { judgeSdp } from "./judge.ts";
export { metaAnswer } from "./meta-answer.ts";
export { metaOffer } from "./meta-offer.ts";
export { relayPorts, type SdpParts, sdpPartsFrom } from "./parts.ts";
export type { SdpRuleId } from "./rules/ids.ts";
export type { SdpRule } from "./rules/rule.ts";
export { sdpRules } from "./rules/table.ts";
export { sameSdp } from "./same-sdp.ts";
export type {
  ParsedSdp,
  SdpCandidate,
  SdpCodec,
  SdpDirection,
  SdpFinding,
  SdpRole,
  SdpSetup,
  SdpVerdict,
} from "./types.ts";
