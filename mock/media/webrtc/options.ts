/** How the WebRTC peer behind META calls behaves. */
export interface WebRtcOptions {
  /** The address that stands in its SDP, for containers and tunnels; null: this machine's own, and loopback. */
  readonly host: string | null;
  /** The UDP ports that it may use, one for each call; null: any free one. */
  readonly ports: { readonly from: number; readonly to: number } | null;
  /** Milliseconds without media from the client after the start that end a call with 138021; 0 never. */
  readonly noMediaAtStartMs: number;
  /** The same for later on. */
  readonly noMediaLaterMs: number;
  /** How much of a call is kept for its recording, in seconds. */
  readonly recordSeconds: number;
}

/** What each of them is unless it is chosen; the two waits are Meta's (meta-calling §1.2, 138021). */
export const webRtcDefaults: WebRtcOptions = {
  host: null,
  ports: null,
  noMediaAtStartMs: 20_000,
  noMediaLaterMs: 30_000,
  recordSeconds: 600,
};

/**
 * What is wrong with a value for the option `webrtc`.
 *
 * @returns the name of the option at fault and what it takes; null when nothing is
 */
export function webRtcMistake(value: unknown): { readonly option: string; readonly expected: string } | null {
  if (typeof value === "boolean") return null;
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return { option: "webrtc", expected: "true, false or an object of options" };
  const wanted = new Map<string, Wanted>(Object.entries(checks));
  for (const [name, chosen] of Object.entries(value)) {
    const check = wanted.get(name);
    if (check === undefined)
      return { option: `webrtc.${name}`, expected: `one that exists (${Object.keys(checks).join(", ")})` };
    if (!check.accepts(chosen)) return { option: `webrtc.${name}`, expected: check.expected };
  }
  return null;
}

type Wanted = { readonly expected: string; readonly accepts: (value: unknown) => boolean };

const count: Wanted = { expected: "a number from 0", accepts: (value) => typeof value === "number" && value >= 0 };

const checks: { readonly [Name in keyof WebRtcOptions]: Wanted } = {
  host: {
    expected: "an IP address",
    accepts: (value) => value === null || (typeof value === "string" && isAddress(value)),
  },
  ports: {
    expected: "{ from, to } with whole numbers from 1 to 65535, the first one not above the second",
    accepts: (value) => value === null || isPortRange(value),
  },
  noMediaAtStartMs: count,
  noMediaLaterMs: count,
  recordSeconds: count,
};

/** Without `node:net`, because options are read in browsers too. */
function isAddress(text: string): boolean {
  if (text.includes(":")) return URL.canParse(`http://[${text}]`);
  return /^\d{1,3}(\.\d{1,3}){3}$/.test(text) && URL.canParse(`http://${text}`);
}

function isPortRange(value: unknown): boolean {
  if (typeof value !== "object" || value === null || !("from" in value) || !("to" in value)) return false;
  const { from, to } = value;
  if (typeof from !== "number" || typeof to !== "number") return false;
  return Number.isSafeInteger(from) && Number.isSafeInteger(to) && from >= 1 && from <= to && to <= 65_535;
}
