import type { BehaviourId } from "../../../../spec/generated/behaviour-ids.ts";
import { readFingerprint, setupOf } from "../read/audio.ts";
import { effective, everywhere } from "../read/document.ts";
import type { SdpSetup } from "../types.ts";
import type { SdpRuleId } from "./ids.ts";
import { at, type ContentRule, onAudio } from "./rule.ts";

// DTLS and ICE: without these lines no media can flow (meta-calling §5.1 to §5.3).

export const transportRules: readonly ContentRule[] = [
  {
    id: "no-fingerprint",
    behaviour: "META-SDP-002",
    stage: "content",
    severity: "refuse",
    checks: "There is a DTLS fingerprint, for the session or in the audio section.",
    message: () => "No fingerprint found in SDP.",
    remedy: "Keep the line a=fingerprint:sha-256 … that your WebRTC stack writes.",
    find: onAudio((audio, { document }) => (everywhere(document, "fingerprint").length === 0 ? at(audio.line) : [])),
  },
  {
    // Assumption: the same fingerprint twice is refused too; the reports count lines (meta-calling §5.3).
    id: "several-fingerprints",
    behaviour: "META-SDP-003",
    stage: "content",
    severity: "refuse",
    checks: "There is one fingerprint line in the whole SDP.",
    message: () => "This is a second fingerprint; Meta accepts exactly one a=fingerprint line.",
    remedy: "Keep the sha-256 line and remove the others, for example sha-384 and sha-512 of aiortc.",
    find: onAudio((_audio, { document }) =>
      at(
        ...everywhere(document, "fingerprint")
          .slice(1)
          .map(({ line }) => line),
      ),
    ),
  },
  {
    id: "fingerprint-not-sha-256",
    behaviour: "META-SDP-004",
    stage: "content",
    severity: "refuse",
    checks: "The only fingerprint is a SHA-256 one.",
    message: (detail) => `The fingerprint is made with ${detail || "an unnamed function"}; Meta accepts sha-256 only.`,
    remedy: "Send the sha-256 fingerprint of your certificate.",
    find: onAudio((_audio, { document }) => {
      const [first, ...others] = everywhere(document, "fingerprint");
      if (first === undefined || others.length > 0) return [];
      const [algorithm = ""] = first.value.split(" ");
      return algorithm.toLowerCase() === "sha-256" ? [] : [{ line: first.line, detail: algorithm.slice(0, 20) }];
    }),
  },
  {
    // RFC 8122 §5 wants upper case; lower case is tolerated, as WebRTC stacks do.
    id: "fingerprint-malformed",
    behaviour: "META-SDP-058",
    stage: "content",
    severity: "refuse",
    checks: "A sha-256 fingerprint is 32 bytes in hexadecimal with colons between them.",
    message: () => "The fingerprint is not 32 bytes in hexadecimal with colons between them.",
    remedy: "Send the line as your WebRTC stack wrote it: 64 digits, 31 colons.",
    find: onAudio((_audio, { document }) =>
      everywhere(document, "fingerprint").flatMap(({ line, value }) => {
        const { algorithm, hash } = readFingerprint(value);
        const whole = value.length === algorithm.length + 1 + hash.length;
        return algorithm !== "sha-256" || (whole && isSha256(hash)) ? [] : at(line);
      }),
    ),
  },
  {
    id: "no-ice-ufrag",
    behaviour: "META-SDP-012",
    stage: "content",
    severity: "refuse",
    checks: "There is an ice-ufrag, for the session or in the audio section.",
    message: () => "The audio section has no a=ice-ufrag.",
    remedy: "Send the whole SDP of your WebRTC stack; a hand-made minimal one is not enough.",
    find: onAudio((audio, { document }) =>
      effective(document, audio, "ice-ufrag").length === 0 ? at(audio.line) : [],
    ),
  },
  {
    id: "no-ice-pwd",
    behaviour: "META-SDP-059",
    stage: "content",
    severity: "refuse",
    checks: "There is an ice-pwd, for the session or in the audio section.",
    message: () => "The audio section has no a=ice-pwd.",
    remedy: "Send the whole SDP of your WebRTC stack; a hand-made minimal one is not enough.",
    find: onAudio((audio, { document }) => (effective(document, audio, "ice-pwd").length === 0 ? at(audio.line) : [])),
  },
  {
    id: "offer-passive",
    behaviour: "META-SDP-013",
    stage: "content",
    severity: "refuse",
    checks: "An offer leaves the active DTLS role to the business.",
    message: (detail) => `The offer says a=setup:${detail}; the business side must be the DTLS client.`,
    remedy: "Offer a=setup:active.",
    find: onAudio((audio, { document, role }) => {
      const setup = setupOf(document, audio);
      if (role !== "offer" || setup === null) return [];
      return setup.value === "passive" || setup.value === "holdconn" ? [{ line: setup.line, detail: setup.value }] : [];
    }),
  },
  answerRule(
    "answer-passive",
    "META-SDP-016",
    "is not passive",
    (setup) => setup === "passive" || setup === "holdconn",
  ),
  answerRule(
    "answer-actpass",
    "META-SDP-017",
    "is not actpass, which is for offers only",
    (setup) => setup === "actpass",
  ),
  answerRule("answer-without-setup", "META-SDP-060", "is stated", (setup) => setup === null),
];

function isSha256(hash: string): boolean {
  return hash.length === 95 && /^(?:[0-9A-Fa-f]{2}:){31}[0-9A-Fa-f]{2}$/.test(hash);
}

/** The three ways in which an answer can fail to say `a=setup:active`, each an entry of the ledger. */
function answerRule(
  id: SdpRuleId,
  behaviour: BehaviourId,
  condition: string,
  breaks: (setup: SdpSetup | null) => boolean,
): ContentRule {
  return {
    id,
    behaviour,
    stage: "content",
    severity: "refuse",
    checks: `The DTLS role of an answer ${condition}.`,
    message: (detail) => `The answer ${detail}; the business side must be the DTLS client, a=setup:active.`,
    remedy: "Answer a=setup:active; browsers do so by themselves when the offer says actpass.",
    find: onAudio((audio, { document, role }) => {
      const setup = setupOf(document, audio);
      if (role !== "answer" || !breaks(setup?.value ?? null)) return [];
      if (setup === null) return [{ line: audio.line, detail: "has no a=setup line" }];
      return [{ line: setup.line, detail: `says a=setup:${setup.value}` }];
    }),
  };
}
