import { afterAll, describe, inject, test } from "vitest";
import { redactor } from "../../exchange/redact.ts";
import type { Case } from "../case.ts";
import { failureText } from "../failure-text.ts";
import { playCase } from "../play-case.ts";
import { redacted } from "../result.ts";
import { openTarget } from "../targets/open-target.ts";
import type {} from "./plan.ts";

// The file that Vitest runs: one test for each case, played one after the other. What became of a case travels in the
// test's meta, so that reports hold more than a message.

const { cases, target: description } = inject("conformance");
const { target, close } = await openTarget(description);
const redact = redactor();

afterAll(() => close());

for (const [topic, own] of Map.groupBy(cases, (each: Case) => `${each.file}: ${each.topic}`)) {
  describe(topic, () => {
    for (const each of own) {
      test(`${each.title} [${each.provider}]`, async ({ task, skip }) => {
        const played = await playCase(each, target);
        const result = target.kind === "live" ? redacted(played, redact) : played;
        task.meta.conformance = result;
        if (result.skipped !== null) skip(result.skipped);
        if (result.failure !== null) throw new Error(failureText(result.failure));
      });
    }
  });
}
