import { type RealtimeOptions, realtimeMistake } from "../../mock/realtime-options.ts";
import { median } from "./figures.ts";
import type { Attempt, Findings } from "./probe.ts";
import type { Closed } from "./socket.ts";

/** The options of the sandbox that follow from what was measured; only those that were. */
export function choicesFrom(found: Findings): Readonly<Record<string, unknown>> {
  const all = { ...fromListening(found), ...fromTrying(found) };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

type Choices = { readonly [Name in keyof RealtimeOptions]?: unknown };

function fromListening({ frames, texts, pingsAtMs, refused, statusAtStart }: Findings): Choices {
  if (refused !== null) return { beforeAnswer: refused.status === 409 ? "refuse" : undefined };
  return {
    sampleRate: frames?.sampleRate,
    frameMs: frames?.frameMs,
    silence: frames === null ? undefined : frames.coverage < 0.8 ? "skip" : "send",
    greeting: texts.length > 0 ? "hello" : "none",
    beforeAnswer: statusAtStart === "INITIATED" || statusAtStart === "RINGING" ? "wait" : undefined,
    pingSeconds: pingSeconds(pingsAtMs),
  };
}

const goingOn: readonly string[] = ["INITIATED", "RINGING", "ACCEPTED"];

function fromTrying(found: Findings): Choices {
  const { statusAfterClose, hangUp, afterBurst, afterText } = found;
  return {
    badToken: outcome(found.replay) ?? outcome(found.madeUp),
    callGone: outcome(found.gone),
    clientText: ifSeen(afterText, (seen) => (seen === "open" ? "ignore" : "close")),
    clientOverflow: ifSeen(afterBurst, (seen) => (seen === "open" ? undefined : "close")),
    hangUpOnTalkClose: ifSeen(statusAfterClose, (status) => !goingOn.includes(status)),
    callEnd: ifSeen(hangUp, ({ code }) => (code === 1006 ? "abrupt" : "close")),
  };
}

function ifSeen<Seen>(seen: Seen | null, choose: (seen: Seen) => unknown): unknown {
  return seen === null ? undefined : choose(seen);
}

function outcome(attempt: Attempt | null): number | undefined {
  if (attempt === null || attempt.kind === "accepted") return undefined;
  return attempt.kind === "refused" ? attempt.status : attempt.code;
}

/** Pings come evenly; one alone tells when the first one comes. */
function pingSeconds(atMs: readonly number[]): number {
  if (atMs.length === 0) return 0;
  const gaps = atMs.slice(1).map((at, index) => at - (atMs[index] ?? 0));
  const ms = gaps.length === 0 ? (atMs[0] ?? 0) : median(gaps);
  return Math.max(0.1, Math.round(ms / 100) / 10);
}

/**
 * The report that can be shown to everybody.
 *
 * @param secrets what must not be in it in any form
 */
export function report(found: Findings, secrets: readonly string[]): string {
  const { session, frames } = found;
  const rows: readonly (readonly [string, string])[] = [
    ["call at the start", found.statusAtStart ?? "unknown"],
    ["fields of the session", session.fields.join(", ")],
    [
      "token",
      `${session.token.length} characters, ${alphabet(session.token)}, for ${session.expiresInSeconds ?? "?"} s`,
    ],
    ["address", addressShape(session.wsUrl, session.token)],
    ["upgrade", found.refused === null ? "accepted" : `refused with ${found.refused.status}`],
    ["subprotocol, extensions", `${found.protocol || "none"}, ${found.extensions || "none"}`],
    ...(frames === null
      ? [["frames", "too few to measure"] as const]
      : ([
          ["frame size", `${frames.bytes} bytes (${frames.otherSizes} of ${frames.frames} differ)`],
          ["first frame", `${ms(frames.firstAtMs)} after the socket opened`],
          [
            "pacing",
            `median gap ${ms(frames.medianGapMs)}, longest ${ms(frames.longestGapMs)}, drift ${ms(frames.driftMs)}`,
          ],
          ["fits best", `${frames.sampleRate} Hz, ${frames.frameMs} ms a frame`],
          ["filled with frames", `${Math.round(frames.coverage * 100)} %`],
        ] as const)),
    [
      "text messages",
      found.texts.length === 0 ? "none" : `${found.texts.length}, first: ${textShape(found.texts[0]?.text)}`,
    ],
    ["pings", `${found.pingsAtMs.length} in ${ms(found.listenedMs)}`],
    ["made-up token", told(found.madeUp)],
    ["spent token again", told(found.replay)],
    ["20 s at once", after(found.afterBurst)],
    ["text from the client", after(found.afterText)],
    ["call after our close", found.statusAfterClose ?? "not measured"],
    ["hang-up", found.hangUp === null ? "not seen" : closing(found.hangUp)],
    ["token after the hang-up", told(found.gone)],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  const body = rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join("\n");
  return redact(`Realtime probe\n\n${body}\n\n${optionLine(found)}`, secrets);
}

function optionLine(found: Findings): string {
  const choices = Object.entries(choicesFrom(found));
  const fits = choices.filter(([name, value]) => realtimeMistake({ [name]: value }) === null);
  const misfits = choices.filter((choice) => !fits.includes(choice));
  const line = `The sandbox behaves so with:\ncalls-sandbox serve ${fits.map(([name, value]) => `--realtime ${name}=${value}`).join(" ")}`;
  if (misfits.length === 0) return line;
  return `${line}\n\nWhat the sandbox can't do yet, worth an issue: ${misfits.map(([name, value]) => `${name}=${value}`).join(", ")}`;
}

const ms = (value: number) => `${value.toFixed(value < 100 ? 1 : 0)} ms`;

function told(attempt: Attempt | null): string {
  if (attempt === null) return "not measured";
  if (attempt.kind === "accepted") return "accepted";
  return attempt.kind === "refused" ? `refused with HTTP ${attempt.status}` : `opened, then ${closing(attempt)}`;
}

function after(reaction: Closed | "open" | null): string {
  if (reaction === null) return "not measured";
  return reaction === "open" ? "the socket stays open" : closing(reaction);
}

function closing({ code, reason }: { readonly code: number; readonly reason: string }): string {
  return `closed with ${code}${reason === "" ? "" : ` ${JSON.stringify(reason)}`}`;
}

function alphabet(token: string): string {
  if (/^[0-9a-f]+$/.test(token)) return "lower-case hex";
  if (/^[0-9A-F]+$/.test(token)) return "upper-case hex";
  return /^[\w-]+$/.test(token) ? "base64url" : "another alphabet";
}

/** Words that a path may keep; everything else may name somebody. */
const plain = new Set(["call", "calls", "media", "realtime", "ws", "api", "v1", "socket", "stream"]);

function addressShape(address: string, token: string): string {
  const { protocol, pathname, searchParams } = new URL(address);
  const path = pathname.split("/").map((part) => (part === "" || plain.has(part) ? part : "{…}"));
  const query = [...searchParams].map(([name, value]) => `${name}=${value === token ? "{token}" : "{…}"}`);
  return `${protocol}//{host}${path.join("/")}${query.length === 0 ? "" : `?${query.join("&")}`}`;
}

/** The names in a JSON text, without what they hold. */
function textShape(text: string | null | undefined): string {
  try {
    const value: unknown = JSON.parse(text ?? "");
    return typeof value === "object" && value !== null ? `JSON with ${Object.keys(value).join(", ")}` : "JSON";
  } catch {
    return `${text?.length ?? 0} characters, no JSON`;
  }
}

function redact(text: string, secrets: readonly string[]): string {
  let out = text;
  for (const secret of secrets) if (secret.length > 3) out = out.replaceAll(secret, "{redacted}");
  return out.replaceAll(/\+?\d{8,}/g, "{digits}");
}
