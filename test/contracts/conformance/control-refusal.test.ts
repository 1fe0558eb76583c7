import { describe, expect, it } from "vitest";
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
