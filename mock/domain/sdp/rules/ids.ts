export type TextRuleId = "empty" | "too-large" | "serialised-twice" | "version-first";

export type LineRuleId =
  | "line-ends"
  | "control-character"
  | "line-shape"
  | "line-order"
  | "field-value"
  | "last-line-end";

export type RefusedContentId =
  | "several-ssrcs"
  | "no-media"
  | "video"
  | "not-audio"
  | "second-audio"
  | "audio-disabled"
  | "repeated-attribute"
  | "no-fingerprint"
  | "several-fingerprints"
  | "fingerprint-not-sha-256"
  | "fingerprint-malformed"
  | "no-opus"
  | "no-ice-ufrag"
  | "no-ice-pwd"
  | "offer-passive"
  | "answer-passive"
  | "answer-actpass"
  | "answer-without-setup";

export type WarnedContentId =
  | "offer-actpass"
  | "offer-without-setup"
  | "not-sendrecv"
  | "mdns-candidate"
  | "trickle"
  | "ice-lite"
  | "extmap"
  | "further-codecs"
  | "ptime"
  | "private-address"
  | "protocol"
  | "no-rtcp-mux";

export type SdpRuleId = TextRuleId | LineRuleId | RefusedContentId | WarnedContentId;
