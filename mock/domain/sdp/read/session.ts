import type { ParsedSdp } from "../types.ts";
import { directionOf, readFingerprint, type SdpAudio, setupOf } from "./audio.ts";
import { effective, everywhere, type SdpDocument, statedAt } from "./document.ts";

/**
 * Gathers what the rest of the sandbox reads from an SDP that broke no rule.
 *
 * @param document the document
 * @param audio its one audio section
 */
export function readSession(text: string, document: SdpDocument, audio: SdpAudio): ParsedSdp {
  const one = (name: string) => effective(document, audio, name)[0]?.value;
  const mid = one("mid") ?? null;
  return {
    text,
    bundled: mid !== null && statedAt(document.session, "group").some(({ value }) => bundles(value, mid)),
    extmapAllowMixed: everywhere(document, "extmap-allow-mixed").length > 0,
    iceLite: everywhere(document, "ice-lite").length > 0,
    audio: {
      line: audio.line,
      port: audio.port,
      protocol: audio.protocol,
      mid,
      direction: directionOf(document, audio).value,
      setup: setupOf(document, audio)?.value ?? null,
      iceUfrag: one("ice-ufrag") ?? "",
      icePwd: one("ice-pwd") ?? "",
      fingerprint: readFingerprint(one("fingerprint") ?? "").hash.toUpperCase(),
      codecs: audio.codecs,
      candidates: audio.candidates,
      ssrc: audio.ssrcs[0]?.value ?? null,
    },
  };
}

function bundles(group: string, mid: string): boolean {
  const [semantics, ...mids] = group.split(" ");
  return semantics === "BUNDLE" && mids.includes(mid);
}
