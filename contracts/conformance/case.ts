import type { WorldKeys } from "../../mock/world/seed.ts";

/** The two providers whose behaviour cases describe. */
export type Provider = "META" | "EVO_GO";

/** Which key a request carries, by name; `none` carries none. */
export type KeyName = keyof WorldKeys | "none";

export type CallState = "INITIATED" | "RINGING" | "ACCEPTED" | "COMPLETED" | "REJECTED" | "FAILED" | "MISSED";

/** Values that an answer is compared with; matchers such as `<instant>` are texts (matchers.ts). */
export type Expected = null | boolean | number | string | readonly Expected[] | { readonly [name: string]: Expected };

/** Name → where in the answer its value stands, as `calls[0].id`. */
export type Captures = Readonly<Record<string, string>>;

export interface ExpectedAnswer {
  readonly status: number;
  /** The body's `code`. */
  readonly code?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Expected;
  /** The ledger entry in `x-sandbox-behaviour`; a live service sends none, and there it is not looked for. */
  readonly behaviour?: string;
}

/** A request to the API: `send: POST /v1/calls/{callId}/accept`. */
export interface Send {
  readonly send: string;
  /** Default: the number of the case's provider. */
  readonly key?: KeyName;
  readonly headers?: Readonly<Record<string, string>>;
  /** Adds the SDP offer or answer that META needs; on EVO_GO it adds nothing. */
  readonly media?: "offer" | "answer";
  readonly body?: Expected;
  /** A body as it is, for what is no JSON. */
  readonly text?: string;
  /** Makes the body so many bytes long, with blanks behind it, which JSON allows. */
  readonly bytes?: number;
  readonly expect: ExpectedAnswer;
  readonly capture?: Captures;
}

/** Several requests at once, of which some win and the others all lose the same way. */
export interface Race {
  readonly race: readonly Omit<Send, "expect" | "capture" | "bytes">[];
  /** How many, or the least and the most where the order decides. */
  readonly winners: number | readonly [least: number, most: number];
  readonly loser: ExpectedAnswer;
}

/** Brings about a call in a state, whichever provider, and makes it `{callId}`. */
export interface Call {
  readonly call: {
    readonly direction: "INBOUND" | "OUTBOUND";
    readonly state: CallState;
    /** Default `{person}`. */
    readonly with?: string;
    /** Fields beside `to` of an outbound call. */
    readonly body?: Readonly<Record<string, Expected>>;
    /** The names of its ids for later steps; default `callId` and `externalCallId`. */
    readonly as?: string;
  };
}

export interface Person {
  readonly person: {
    readonly action: "ring" | "answer" | "reject" | "hang-up" | "fail" | "speak" | "send-dtmf";
    readonly code?: string;
    readonly pattern?: string;
    readonly digits?: string;
    /** Default `{callId}`. */
    readonly call?: string;
  };
}

/** An operation of the sandbox's control API, by its operationId, in the case's own world. */
export interface ControlStep {
  readonly control: string;
  readonly with?: Readonly<Record<string, Expected>>;
  readonly answer?: Expected;
  /** The code of the refusal, where the operation must not succeed: a person's call that never gets through. */
  readonly refusal?: string;
  readonly capture?: Captures;
}

export interface Advance {
  readonly advance: string;
}

/** How the receiver answers from now on, for a number of requests or for good. */
export interface ReceiverStep {
  readonly receiver: {
    readonly answer: number;
    readonly times?: number;
    readonly headers?: Readonly<Record<string, string>>;
  };
}

/** A webhook that the receiver got. */
export interface WebhookStep {
  readonly webhook: string;
  /** Looks only at those whose body fits. */
  readonly where?: Expected;
  /** How many there are, this look and all before; default 1. 0: none came. */
  readonly count?: number;
  /** What the last of them holds. */
  readonly body?: Expected;
  readonly headers?: Readonly<Record<string, string>>;
  readonly capture?: Captures;
}

/** All webhooks that came since the last such step, in their order. */
export interface WebhooksStep {
  readonly webhooks: readonly string[];
}

/** Something done with, or expected of, the socket of this name. */
export interface SocketStep {
  readonly socket: string;
  /** Connects to an address, or to a path of the API itself; `refused` is the HTTP status that is expected in place of an upgrade. */
  readonly open?: string;
  /** Another path, with its query, on the host of that address. */
  readonly at?: string;
  /** The page's origin that a browser would tell. */
  readonly origin?: string;
  readonly refused?: number;
  /** What the body of that refusal holds. */
  readonly answer?: Expected;
  /** What was agreed on in the upgrade; empty texts are none. */
  readonly agreed?: { readonly extensions: string; readonly protocol: string };
  readonly say?: {
    readonly hz?: number;
    readonly for?: string;
    /** Puts the header of a WAV file of this rate in front of the sound. */
    readonly wavHeader?: number;
    readonly bytes?: number;
    readonly text?: string;
  };
  /** What has been heard since the last look; `hz: 0` is silence. */
  readonly hear?: {
    readonly frames: number;
    readonly frameBytes?: number;
    readonly hz?: number;
    /** Text messages and pings, since the socket was opened. */
    readonly others?: number;
  };
  readonly close?: true;
  readonly closed?: { readonly code: number; readonly reason?: string };
}

/** An SDP made of another by changing lines; a line is found by its beginning. */
export interface SdpStep {
  readonly sdp: {
    readonly as: string;
    /** Default `{offer}`. */
    readonly of?: string;
    readonly remove?: readonly string[];
    /** Beginning of a line → the line in its place. */
    readonly replace?: Readonly<Record<string, string>>;
    /** Beginning of a line → lines put in behind it. */
    readonly insert?: Readonly<Record<string, readonly string[]>>;
    readonly append?: readonly string[];
    readonly lineEnd?: "CRLF" | "LF";
    /** Leaves out the line end of the last line, as clients do that trim the text. */
    readonly trim?: true;
  };
}

/** An SDP, looked at line by line. */
export interface SdpLinesStep {
  readonly sdpLines: string;
  /** Beginning of a line → all lines that begin so, in their order. An empty beginning is that of every line. */
  readonly holds: Readonly<Record<string, readonly Expected[]>>;
}

/** Meta's id of a call, taken apart into `user`, `business`, `initiatedBy` and `id`. */
export interface WacidStep {
  readonly wacid: string;
  readonly holds: Readonly<Record<string, Expected>>;
  readonly capture?: Captures;
}

export interface Repeat {
  readonly repeat: number;
  readonly steps: readonly Step[];
}

export type Step =
  | Send
  | Race
  | Call
  | Person
  | ControlStep
  | Advance
  | ReceiverStep
  | WebhookStep
  | WebhooksStep
  | SocketStep
  | SdpStep
  | SdpLinesStep
  | WacidStep
  | Repeat;

/** How the world begins in which a case is played; a live service has only the one there is. */
export interface CaseWorld {
  /** Default `manual`: nobody does anything until a step says so. */
  readonly mode?: "manual" | "scripted";
  readonly strict?: boolean;
}

/** A case as a file holds it. */
export interface WrittenCase {
  readonly title: string;
  /** Ledger ids that it shows. */
  readonly behaviours: readonly string[];
  /** Default: those of the file. It is played once for each. */
  readonly providers?: readonly Provider[];
  readonly world?: CaseWorld;
  readonly steps: readonly Step[];
}

export interface CaseFile {
  readonly topic: string;
  readonly providers: readonly Provider[];
  readonly cases: readonly WrittenCase[];
}

/** A case to be played, for one provider. */
export interface Case {
  /** Unique, and the same in every run: file, title and provider. */
  readonly id: string;
  readonly file: string;
  readonly topic: string;
  readonly title: string;
  readonly provider: Provider;
  readonly behaviours: readonly string[];
  readonly world: CaseWorld;
  readonly steps: readonly Step[];
}
