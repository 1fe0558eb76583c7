import type { WorldKeys } from "../world/seed.ts";
import type { Ask, Scalar, StepKind } from "./scenario.ts";

/** Against whom a scenario is played, and how long it waits for them. */
export interface ScenarioOptions {
  /** The address of the client's receiver; without one nothing is delivered. */
  readonly webhook?: string;
  /** The id of the world to play in; it must not exist yet. Drawn unless given. */
  readonly world?: string;
  /** The seed of that world; the sandbox's own unless given. */
  readonly seed?: string;
  /**
   * Whether a client takes part. Without one the scenario makes the client's requests itself, as a correct client would.
   * By default there is one when `webhook` or `onAsk` is given.
   */
  readonly client?: boolean;
  /** How long an event or a request may take, in milliseconds of real time. Default 5,000. */
  readonly patienceMs?: number;
  /** How long a request that must not be made is waited for, in milliseconds of real time. Default 250. */
  readonly settleMs?: number;
  /** Hears of the world and its keys before the first step: the moment to point the client at them. */
  readonly onStart?: (start: ScenarioStart) => void | Promise<void>;
  /** Is asked to have the client do something; the scenario goes on meanwhile. */
  readonly onAsk?: (asked: Asked) => void | Promise<void>;
  /** Says what the client shows, so that a test can judge what the sandbox can't see. */
  readonly look?: (question: Question) => unknown;
  /** Hears of every step when it is over. */
  readonly onStep?: (step: StepResult) => void;
}

export interface ScenarioStart {
  readonly world: string;
  readonly keys: WorldKeys;
}

export interface Asked extends Ask, ScenarioStart {
  /** The call that the scenario is about, if there is one yet. */
  readonly callId: string | null;
}

export interface Question {
  /** What is looked for, such as `callState`. */
  readonly about: string;
  readonly text: string;
  readonly callId: string | null;
}

/**
 * What became of a step: it was played (`done`), an expectation was met (`pass`) or not (`fail`), it is for the reader to
 * judge (`look`), or there was nobody to expect it of (`skipped`).
 */
export type Outcome = "done" | "pass" | "fail" | "look" | "skipped";

export interface StepResult {
  /** Its place in the scenario, from 1. */
  readonly step: number;
  readonly kind: StepKind;
  readonly outcome: Outcome;
  readonly text: string;
}

export interface ScenarioResult {
  readonly name: string;
  readonly bug: number | null;
  readonly world: string;
  /** `fail` if any step failed, else `look` if any is for the reader to judge, else `pass`. */
  readonly verdict: "pass" | "fail" | "look";
  readonly steps: readonly StepResult[];
}

/** What a step has come to. */
export interface Played {
  readonly outcome: Outcome;
  readonly text: string;
}

export const done = (text: string): Played => ({ outcome: "done", text });
export const pass = (text: string): Played => ({ outcome: "pass", text });
export const fail = (text: string): Played => ({ outcome: "fail", text });
export const skipped = (text: string): Played => ({ outcome: "skipped", text });

/** A step that could not be played, so that those after it make no sense. */
export class StepRefused extends Error {
  override readonly name = "StepRefused";
}

/** A value as results show it. */
export function shownValue(value: unknown | Scalar): string {
  return JSON.stringify(value) ?? "nothing";
}
