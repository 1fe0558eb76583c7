import { setTimeout as passed } from "node:timers/promises";
import { ScriptError } from "../lib/script.ts";
import { ProbeApi, type Session } from "./api.ts";
import { type FrameFigures, frameFigures } from "./figures.ts";
import { type Closed, ProbeSocket, type Received, type Refused } from "./socket.ts";

export interface ProbeSettings {
  /** Origin of the API, with or without /v1. */
  readonly api: string;
  readonly key: string;
  readonly callId: string;
  /** How long to listen before anything else, in seconds. */
  readonly listenSeconds: number;
  /** How long to wait for the hang-up, in seconds. */
  readonly waitSeconds: number;
  /** Sends 20 s of a quiet tone at once: the person hears it. */
  readonly burst: boolean;
  /** Sends a text message, which may close the socket. */
  readonly text: boolean;
  /** Closes the talk socket before the hang-up, which may end the call. */
  readonly closeFirst: boolean;
}

/** How an attempt at a socket ended that should not succeed. */
export type Attempt =
  | { readonly kind: "refused"; readonly status: number }
  | { readonly kind: "closed"; readonly code: number; readonly reason: string }
  | { readonly kind: "accepted" };

/** What was measured; null where it was not. */
export interface Findings {
  readonly statusAtStart: string | null;
  readonly session: Session;
  readonly refused: Refused | null;
  readonly protocol: string;
  readonly extensions: string;
  readonly frames: FrameFigures | null;
  readonly texts: readonly Received[];
  readonly pingsAtMs: readonly number[];
  readonly listenedMs: number;
  readonly replay: Attempt | null;
  readonly madeUp: Attempt | null;
  readonly afterBurst: Closed | "open" | null;
  readonly afterText: Closed | "open" | null;
  readonly statusAfterClose: string | null;
  readonly hangUp: Closed | null;
  readonly gone: Attempt | null;
}

/**
 * Measures a realtime socket, step by step; nothing here places, answers or ends a call.
 *
 * @param say tells the user what happens, and when to hang up
 * @throws ScriptError when the API refuses, or the call is not there
 */
export async function probe(settings: ProbeSettings, say: (line: string) => void): Promise<Findings> {
  const api = new ProbeApi(settings.api, settings.key);
  const statusAtStart = await api.status(settings.callId);
  const session = await api.session(settings.callId, "talk");
  const socket = new ProbeSocket(session.wsUrl);
  const refused = await socket.opened();
  const nothing = { replay: null, madeUp: null, afterBurst: null, afterText: null, hangUp: null, gone: null };
  if (refused !== null)
    return { ...about(socket, 0), ...nothing, statusAtStart, session, refused, statusAfterClose: null };
  try {
    say(`The socket is open. Listening for ${settings.listenSeconds} s.`);
    await socket.closedWithin(settings.listenSeconds * 1_000);
    const heard = about(socket, settings.listenSeconds * 1_000);
    say("Trying a token that was made up, and the spent one again.");
    const madeUp = await attempt(session.wsUrl.replace(session.token, "0".repeat(session.token.length)));
    const replay = await attempt(session.wsUrl);
    const afterBurst = settings.burst ? await reaction(socket, quietTone(20), say, "20 s of a quiet tone") : null;
    const afterText = settings.text ? await reaction(socket, '{"event":"clear"}', say, "a text message") : null;
    const rest = await ending(api, settings, socket, say);
    return { ...heard, ...rest, statusAtStart, session, refused, madeUp, replay, afterBurst, afterText };
  } finally {
    await socket.close();
  }
}

function about(socket: ProbeSocket, listenedMs: number) {
  return {
    protocol: socket.protocol,
    extensions: socket.extensions,
    frames: frameFigures(socket.received),
    texts: socket.received.filter(({ text }) => text !== null),
    pingsAtMs: [...socket.pingsAtMs],
    listenedMs,
  };
}

async function attempt(url: string): Promise<Attempt> {
  const socket = new ProbeSocket(url);
  const refused = await socket.opened();
  if (refused !== null) return { kind: "refused", status: refused.status };
  const closed = await socket.closedWithin(1_500);
  await socket.close();
  return closed === null ? { kind: "accepted" } : { kind: "closed", ...closed };
}

async function reaction(
  socket: ProbeSocket,
  data: Uint8Array | string,
  say: (line: string) => void,
  what: string,
): Promise<Closed | "open"> {
  say(`Sending ${what}.`);
  socket.send(data);
  return (await socket.closedWithin(2_000)) ?? "open";
}

/** The last part: what a close does to the call, and what a hang-up does to a socket. */
async function ending(api: ProbeApi, settings: ProbeSettings, talk: ProbeSocket, say: (line: string) => void) {
  const { callId, waitSeconds, closeFirst } = settings;
  const spare = await api.session(callId, "listen").catch(() => null);
  let socket = talk;
  let statusAfterClose: string | null = null;
  if (closeFirst) {
    say("Closing the socket, to see what becomes of the call.");
    await talk.close();
    await passed(1_500);
    statusAfterClose = await api.status(callId);
  }
  // Whatever closed the first socket, the hang-up is seen on one that is open.
  if (talk.end !== null) {
    const again = await api.session(callId, "listen").catch(() => null);
    if (again === null) return { statusAfterClose, hangUp: null, gone: null };
    socket = new ProbeSocket(again.wsUrl);
    if ((await socket.opened()) !== null) return { statusAfterClose, hangUp: null, gone: null };
  }
  say(`Now have the person hang up. Waiting for up to ${waitSeconds} s.`);
  const hangUp = await socket.closedWithin(waitSeconds * 1_000);
  await socket.close();
  const gone = hangUp === null || spare === null ? null : await attempt(spare.wsUrl);
  return { statusAfterClose, hangUp, gone };
}

/** 440 Hz at -36 dBFS, PCM16 at 16 kHz. */
function quietTone(seconds: number): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(seconds * 32_000));
  for (let at = 0; at < seconds * 16_000; at++)
    bytes.setInt16(at * 2, Math.round(519 * Math.sin((2 * Math.PI * 440 * at) / 16_000)), true);
  return new Uint8Array(bytes.buffer);
}

/** Refuses settings that can't be meant, by name. */
export function checkSettings({ api, listenSeconds, waitSeconds }: ProbeSettings): void {
  if (!URL.canParse(api) || !/^https?:$/.test(new URL(api).protocol))
    throw new ScriptError(`--api ${api} is no http:// or https:// address`, "--api https://pilotstatus.com.br", 2);
  for (const [name, value] of Object.entries({ "--listen": listenSeconds, "--wait": waitSeconds }))
    if (!(value > 0 && value <= 600)) throw new ScriptError(`${name} takes seconds from 0 to 600`, `${name} 10`, 2);
}
