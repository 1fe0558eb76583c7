import { type CaseResult, resultOf } from "../../../contracts/conformance/result.ts";
import { type ConformanceRun, runOf } from "../../../contracts/conformance/run.ts";

/** A result, with what matters to a test. */
export function result(title: string, more: Partial<CaseResult> = {}): CaseResult {
  const of = {
    id: `f.yaml: ${title} [META]`,
    file: "f.yaml",
    topic: "T",
    title,
    provider: "META" as const,
    behaviours: ["CALL-001"],
    world: {},
    steps: [],
  };
  return { ...resultOf(of, { milliseconds: 12 }), ...more };
}

/** A failed result. */
export function failing(title: string, step = "step 1, send: GET /v1/calls"): CaseResult {
  return result(title, {
    outcome: "failed",
    failure: {
      step,
      message: "GET /v1/calls was answered 500 in place of 200.",
      mismatches: [{ path: "calls[0].status", expected: '"RINGING"', actual: "null" }],
      exchange: {
        request: {
          method: "POST",
          target: "/v1/calls",
          headers: { "x-api-key": "ps_w1_meta", "content-type": "application/json" },
          body: '{"to":"it\'s"}',
        },
        response: { status: 500, headers: {}, body: '{"error":"<b>no</b>"}' },
      },
    },
  });
}

export function run(results: readonly CaseResult[]): ConformanceRun {
  return runOf({ kind: "sandbox", url: "http://127.0.0.1:4010" }, new Date("2026-01-01T00:00:00.000Z"), results);
}
