import type { Case } from "../case.ts";
import type { CaseResult } from "../result.ts";
import type { TargetDescription } from "../targets/description.ts";

/** What the suite is told: which cases to play, and against whom. */
export interface Plan {
  readonly cases: readonly Case[];
  readonly target: TargetDescription;
}

declare module "vitest" {
  export interface ProvidedContext {
    readonly conformance: Plan;
  }
  interface TaskMeta {
    conformance?: CaseResult;
  }
}
