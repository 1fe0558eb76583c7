import type { Exchange } from "../exchange/exchange.ts";
import type { Redactor } from "../exchange/redact.ts";
import type { Case, Provider } from "./case.ts";
import type { Mismatch } from "./matchers.ts";

export type Outcome = "passed" | "failed" | "skipped";

/** Why a case failed. */
export interface Failure {
  /** Which step, as the file counts them: `step 3, send: GET /v1/calls`. */
  readonly step: string;
  /** One sentence. */
  readonly message: string;
  readonly mismatches: readonly Mismatch[];
  /** The last exchange of that step, if it made one. */
  readonly exchange: Exchange | null;
}

/** What became of a case. */
export interface CaseResult {
  readonly id: string;
  readonly file: string;
  readonly topic: string;
  readonly title: string;
  readonly provider: Provider;
  readonly behaviours: readonly string[];
  readonly outcome: Outcome;
  /** Why it was skipped, or null. */
  readonly skipped: string | null;
  readonly failure: Failure | null;
  readonly milliseconds: number;
}

/** A step that did not go as the case says. */
export class StepFailed extends Error {
  override readonly name = "StepFailed";
  readonly mismatches: readonly Mismatch[];

  constructor(message: string, mismatches: readonly Mismatch[] = []) {
    super(message);
    this.mismatches = mismatches;
  }
}

/** A live service can't be brought to where the case begins, which says nothing of the service. */
export class CaseSkipped extends Error {
  override readonly name = "CaseSkipped";
}

/** The result of a case, from how it went. */
export function resultOf(
  { id, file, topic, title, provider, behaviours }: Case,
  went: { readonly skipped?: string; readonly failure?: Failure; readonly milliseconds: number },
): CaseResult {
  const { skipped = null, failure = null, milliseconds } = went;
  const outcome = failure !== null ? "failed" : skipped !== null ? "skipped" : "passed";
  return { id, file, topic, title, provider, behaviours, outcome, skipped, failure, milliseconds };
}

/** The same result without keys and phone numbers, to be shown to others. */
export function redacted(result: CaseResult, { text, exchange }: Redactor): CaseResult {
  if (result.failure === null) return result;
  const { step, message, mismatches, exchange: last } = result.failure;
  // First, so that what its headers hold is known when a text repeats it.
  const shown = last === null ? null : exchange(last);
  const failure = {
    step: text(step),
    message: text(message),
    mismatches: mismatches.map(({ path, expected, actual }) => ({
      path,
      expected: text(expected),
      actual: text(actual),
    })),
    exchange: shown,
  };
  return { ...result, failure };
}
