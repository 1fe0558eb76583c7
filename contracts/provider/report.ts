import type { JunitCase } from "../report/junit.ts";
import type { OutsideSpec } from "./outside-spec.ts";
import type { InteractionResult, Mismatch } from "./results.ts";

/** One line for each place where a pact leaves the document. */
export function outsideLines(outside: readonly OutsideSpec[]): readonly string[] {
  return outside.flatMap(({ source, description, departures }) =>
    departures.map(
      ({ in: side, path, message }) =>
        `WARNING  outside the OpenAPI document: ${source}, ${JSON.stringify(description)}: ${side}${path === "" ? "" : ` ${path}`}: ${message}`,
    ),
  );
}

const marks = { passed: "PASS", failed: "FAIL", pending: "PENDING" } as const;

/** One line for an interaction, and one more for each mismatch. */
export function interactionLines(interaction: InteractionResult): readonly string[] {
  const { outcome, consumer, milliseconds, mismatches } = interaction;
  const headline = `${marks[outcome].padEnd(8)} ${consumer}: ${titleOf(interaction)}  ${Math.round(milliseconds)} ms`;
  return [headline, ...mismatches.map((mismatch) => `           ${mismatchLine(mismatch)}`)];
}

/** @example mismatchLine(…) // $.direction: expected "OUTBOUND", was "INBOUND" */
export function mismatchLine({ path, expected, actual, message }: Mismatch): string {
  if (expected === null && actual === null) return path === "" ? message : `${path}: ${message}`;
  return `${path}: expected ${shortened(expected)}, was ${shortened(actual)}`;
}

/** What everything came to, in a line. */
export function conclusion(interactions: readonly InteractionResult[]): string {
  const count = (outcome: InteractionResult["outcome"]) =>
    interactions.filter((each) => each.outcome === outcome).length;
  const pending = count("pending");
  const parts = [
    `${count("passed")} of ${interactions.length} interactions verified`,
    ...(count("failed") === 0 ? [] : [`${count("failed")} failed`]),
    ...(pending === 0 ? [] : [`${pending} pending, which fails nothing`]),
  ];
  return `${parts.join(", ")}.`;
}

/** One JUnit case for each interaction; a pending one is skipped, because it fails nothing. */
export function junitCases(interactions: readonly InteractionResult[]): readonly JunitCase[] {
  return interactions.map((interaction) => {
    const { consumer, outcome, milliseconds, mismatches } = interaction;
    const reasons = mismatches.map(mismatchLine).join("\n");
    return {
      suite: consumer,
      name: titleOf(interaction),
      seconds: milliseconds / 1_000,
      failure: outcome === "failed" ? reasons : null,
      skipped: outcome === "pending" ? `pending: ${reasons}` : null,
    };
  });
}

function titleOf({ description, given }: InteractionResult): string {
  return given.length === 0 ? description : `${description} (given ${given.join(", ")})`;
}

function shortened(value: string | null): string {
  if (value === null) return "nothing";
  return value.length <= 300 ? value : `${value.slice(0, 300)}…`;
}
