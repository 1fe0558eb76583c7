/**
 * How the realtime socket of EVO_GO behaves in every point that nobody documents. The defaults are the most probable
 * readings (realtime-media §3); the row of that table stands at each.
 */
export interface RealtimeOptions {
  /** Samples per second, both ways (row 1). */
  readonly sampleRate: 8_000 | 16_000 | 24_000 | 48_000;
  /** Length of the frames that the server sends (row 2). */
  readonly frameMs: 20 | 40 | 60 | 100;
  /** `any` even length, or `exact`: another length than the server's closes with 1007 (row 3). */
  readonly clientFrames: "any" | "exact";
  /** The odd byte of a message is held for the next one, dropped, or closes with 1007 (row 4). */
  readonly oddBytes: "hold" | "drop" | "close";
  /** A WAV header in front of the audio is skipped, or closes with 1003 (row 5). */
  readonly wavHeaders: "skip" | "close";
  /** Text that the server sends first: none, or a `hello` with the format as JSON (row 6). */
  readonly greeting: "none" | "hello";
  /** Text of the client is ignored, closes with 1003, or empties its queue when it says `clear` (row 7, row 17). */
  readonly clientText: "ignore" | "close" | "clear";
  /** While the person is silent zeros are sent, or nothing (row 8). */
  readonly silence: "send" | "skip";
  /** A socket before the answer waits, or is refused with 409 (row 9). */
  readonly beforeAnswer: "wait" | "refuse";
  /** A bad token is refused before the upgrade, or the socket is opened and closed with that code (row 11). */
  readonly badToken: 401 | 1008 | 4001;
  /** The same for a call that is gone (row 12). */
  readonly callGone: 404 | 1000 | 4004;
  /** The token is spent by a socket that opens, or by every attempt (row 13). */
  readonly tokenSpentBy: "upgrade" | "attempt";
  /** How much client audio may wait, in milliseconds (row 15). */
  readonly clientQueueMs: number;
  /** What happens beyond that (row 15). */
  readonly clientOverflow: "drop-newest" | "drop-oldest" | "close";
  /** Audio sent on a `listen` socket is ignored, or closes with 1008 (row 18). */
  readonly listenAudio: "ignore" | "close";
  /** A second `talk` socket takes over, or is refused with 409 (row 19). */
  readonly secondTalk: "replace" | "refuse";
  /** So many `listen` sockets a call may have; one more is refused with 409 (row 20). */
  readonly mostListeners: number;
  /** A `talk` socket that its client closes ends the call (row 21). */
  readonly hangUpOnTalkClose: boolean;
  /** At the call's end the socket closes with 1000, or the connection is cut (row 22). */
  readonly callEnd: "close" | "abrupt";
  /** What the `talk` socket says while a file plays is replaced by the file, or mixed with it (row 28). */
  readonly playOverTalk: "replace" | "mix";
  /** A second `play` takes over, or is heard after the first (row 29). */
  readonly secondPlay: "replace" | "queue";
  /** Seconds between pings; 0 sends none (row 24). */
  readonly pingSeconds: number;
  /** A socket on which the client sends nothing for so long closes with 1000; 0 never (row 25). */
  readonly idleSeconds: number;
  /** The longest a socket may stay open, then 1000; 0 for ever (row 25). */
  readonly mostSeconds: number;
  /** A longer message closes with 1009 (row 26). */
  readonly mostMessageBytes: number;
  /** A client that leaves so much unread is closed with 1013 (assumption). */
  readonly mostUnreadBytes: number;
  /** How much of a call is kept for its recording, in seconds. */
  readonly recordSeconds: number;
}

/** What each of them is unless it is chosen. */
export const realtimeDefaults: RealtimeOptions = {
  sampleRate: 16_000,
  frameMs: 60,
  clientFrames: "any",
  oddBytes: "hold",
  wavHeaders: "skip",
  greeting: "none",
  clientText: "ignore",
  silence: "send",
  beforeAnswer: "wait",
  badToken: 401,
  callGone: 404,
  tokenSpentBy: "upgrade",
  clientQueueMs: 3_000,
  clientOverflow: "drop-newest",
  listenAudio: "ignore",
  secondTalk: "replace",
  mostListeners: Number.POSITIVE_INFINITY,
  hangUpOnTalkClose: false,
  callEnd: "close",
  playOverTalk: "replace",
  secondPlay: "replace",
  pingSeconds: 0,
  idleSeconds: 0,
  mostSeconds: 0,
  mostMessageBytes: 2 ** 20,
  mostUnreadBytes: 2 ** 20,
  recordSeconds: 600,
};

const choices: { readonly [Name in keyof RealtimeOptions]?: readonly RealtimeOptions[Name][] } = {
  sampleRate: [8_000, 16_000, 24_000, 48_000],
  frameMs: [20, 40, 60, 100],
  clientFrames: ["any", "exact"],
  oddBytes: ["hold", "drop", "close"],
  wavHeaders: ["skip", "close"],
  greeting: ["none", "hello"],
  clientText: ["ignore", "close", "clear"],
  silence: ["send", "skip"],
  beforeAnswer: ["wait", "refuse"],
  badToken: [401, 1008, 4001],
  callGone: [404, 1000, 4004],
  tokenSpentBy: ["upgrade", "attempt"],
  clientOverflow: ["drop-newest", "drop-oldest", "close"],
  listenAudio: ["ignore", "close"],
  secondTalk: ["replace", "refuse"],
  hangUpOnTalkClose: [true, false],
  callEnd: ["close", "abrupt"],
  playOverTalk: ["replace", "mix"],
  secondPlay: ["replace", "queue"],
};

/**
 * What is wrong with a value for the option `realtime`.
 *
 * @returns the name of the option at fault and what it takes; null when nothing is
 */
export function realtimeMistake(value: unknown): { readonly option: string; readonly expected: string } | null {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return { option: "realtime", expected: "an object of options" };
  const allowed = new Map<string, readonly unknown[]>(Object.entries(choices));
  for (const [name, chosen] of Object.entries(value)) {
    if (!Object.hasOwn(realtimeDefaults, name))
      return { option: `realtime.${name}`, expected: `one that exists (${Object.keys(realtimeDefaults).join(", ")})` };
    const list = allowed.get(name);
    if (list !== undefined && !list.includes(chosen))
      return { option: `realtime.${name}`, expected: `one of ${list.map((item) => JSON.stringify(item)).join(", ")}` };
    if (list === undefined && !(typeof chosen === "number" && chosen >= 0))
      return { option: `realtime.${name}`, expected: "a number from 0" };
  }
  return null;
}
