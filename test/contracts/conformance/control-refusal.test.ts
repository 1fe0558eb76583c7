import { describe, expect, it } from "vitest";
import { ControlRefused, isControlRefused } from "../../../mock/control/control.ts";
import { refuse } from "../../../mock/domain/refusals/refusal.ts";
import { played } from "./stage.ts";

const failure = async (step: string) => (await played(step)).failure;

describe("a control step that expects a refusal", () => {
  const nobody = (code: string) => `- { control: getTimeline, with: { callId: call_nobody }, refusal: ${code} }`;

  it("passes when the operation is refused with that code", async () => {
    expect(await failure(nobody("CALL_NOT_FOUND"))).toBeNull();
  });

  it("fails when it is refused with another, and tells which", async () => {
    expect((await failure(nobody("WORLD_NOT_FOUND")))?.message).toContain("CALL_NOT_FOUND in place of WORLD_NOT_FOUND");
  });

  it("fails when it is not refused at all", async () => {
    const { message } = (await failure("- { control: getClock, refusal: CALL_NOT_FOUND }")) ?? {};
    expect(message).toBe("getClock should be refused with CALL_NOT_FOUND, but succeeded.");
  });
});

describe("a refusal of the control API", () => {
  const refusal = refuse("CALL_NOT_FOUND", { message: "There is none.", behaviour: "CTRL-001" });

  it("is known as one, also when another copy of the sandbox threw it", () => {
    class Copy extends Error {
      override readonly name = "ControlRefused";
    }
    expect([new ControlRefused(refusal), new Copy("There is none.")].map(isControlRefused)).toEqual([true, true]);
  });

  it("is no other error", () => {
    expect([new Error("There is none."), "ControlRefused", null].map(isControlRefused)).toEqual([false, false, false]);
  });
});
