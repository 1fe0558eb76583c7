import { expect, it } from "vitest";
import { inOrder } from "../../../contracts/conformance/vitest/run-cases.ts";
import { result } from "./results.ts";

it("CONF-017: a case without a result counts as failed, whatever Vitest says", () => {
  const { id, file, topic, title, provider, behaviours } = result("played");
  const played = { id, file, topic, title, provider, behaviours, world: {}, steps: [] };
  const lost = { ...played, id: "lost", title: "lost" };
  const results = new Map([[id, result("played")]]);
  const outcomes = (interrupted: boolean) =>
    inOrder([lost, played], results, interrupted).map(({ outcome }) => outcome);
  expect(outcomes(false)).toEqual(["failed", "passed"]);
  expect(outcomes(true)).toEqual(["skipped", "passed"]);
});
