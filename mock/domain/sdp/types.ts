import type { BehaviourId } from "../../../spec/generated/behaviour-ids.ts";
import type { SdpRuleId } from "./rules/ids.ts";

/** Which half of the exchange an SDP is: the business offers on its own calls and answers on the user's. */
export type SdpRole = "offer" | "answer";

export type SdpDirection = "sendrecv" | "sendonly" | "recvonly" | "inactive";

export type SdpSetup = "actpass" | "active" | "passive" | "holdconn";

/** One thing that a rule found, with the place where it was found. */
export interface SdpFinding {
  readonly rule: SdpRuleId;
  /** Entry of the ledger behind the rule. */
  readonly behaviour: BehaviourId;
  /** 1-based; null when no single line is at fault. */
  readonly line: number | null;
  /** That line, cut at 120 characters and made printable. */
  readonly text: string | null;
  readonly message: string;
  /** What to change. */
  readonly remedy: string;
}

export type SdpVerdict =
  | { readonly ok: true; readonly session: ParsedSdp; readonly warnings: readonly SdpFinding[] }
  | { readonly ok: false; readonly finding: SdpFinding };

export interface SdpCodec {
  readonly payloadType: number;
  /** As written, for example `opus`; `payload type 96` when nothing names it. */
  readonly name: string;
  readonly clockRate: number;
  readonly channels: number;
  /** The value of its `a=fmtp`. */
  readonly parameters: string | null;
  /** The values of its `a=rtcp-fb` lines, for example `transport-cc`. */
  readonly feedback: readonly string[];
  /** Line of the rtpmap; null for a static payload type that has none (RFC 3551 §6). */
  readonly line: number | null;
}

export interface SdpCandidate {
  readonly line: number;
  readonly address: string;
  readonly port: number;
  readonly transport: string;
  readonly type: string;
}

/** A judged SDP with its one audio section. Values stated for the session count for the section (RFC 8866 §5.13). */
export interface ParsedSdp {
  readonly text: string;
  /** Whether a BUNDLE group names the audio section (RFC 8843). */
  readonly bundled: boolean;
  readonly extmapAllowMixed: boolean;
  readonly iceLite: boolean;
  readonly audio: {
    readonly line: number;
    readonly port: number;
    readonly protocol: string;
    readonly mid: string | null;
    readonly direction: SdpDirection;
    readonly setup: SdpSetup | null;
    readonly iceUfrag: string;
    readonly icePwd: string;
    /** Upper-case hexadecimal with colons; always SHA-256. */
    readonly fingerprint: string;
    /** In the order of the m= line. */
    readonly codecs: readonly SdpCodec[];
    readonly candidates: readonly SdpCandidate[];
    readonly ssrc: number | null;
  };
}
