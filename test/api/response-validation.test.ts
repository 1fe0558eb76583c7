import { describe, expect, test } from "vitest";
import { apiOperations, type OperationSpec } from "../../spec/generated/operations.ts";
import { type TestSandbox, testSandbox } from "../support/sandbox.ts";
import { busyWorld, refusedRequests } from "./refused-requests.ts";

const operations: readonly OperationSpec[] = Object.values(apiOperations);

/** A call that the API would have refused: its callback data is longer than the spec allows an answer to show. */
async function callThatBreaksTheSpec(sandbox: TestSandbox): Promise<string> {
  const [number] = (await sandbox.api("evo", "GET", "/numbers")).body;
  const decision = sandbox.world.dispatch({
    type: "startCall",
    numberId: number.id,
    to: "5511988887777",
    sdp: null,
    bizOpaqueCallbackData: "x".repeat(600),
  });
  expect(decision.ok).toBe(true);
  return sandbox.world.state.calls.latest()?.id ?? "";
}

describe("answers against the specification", () => {
  test("ERR-009: with validation on, an answer that breaks it becomes a 500 that says where", async () => {
    const sandbox = testSandbox({ validateResponses: true });
    const id = await callThatBreaksTheSpec(sandbox);
    const answer = await sandbox.api("evo", "GET", `/calls/${id}`);
    expect(answer).toMatchObject({ status: 500, body: { code: "SANDBOX_RESPONSE_INVALID" } });
    expect(answer.body.error).toContain("getCall");
    expect(answer.body.error).toContain("/bizOpaqueCallbackData");
    const [logged] = (await sandbox.control.listRequests()).requests;
    expect(logged).toMatchObject({ operationId: "getCall", status: 500 });
    expect(logged?.violations).toContainEqual({
      in: "response",
      path: "/bizOpaqueCallbackData",
      message: "must NOT have more than 512 characters",
    });
  });

  test("ERR-009: with validation off, it is sent as it is", async () => {
    const sandbox = testSandbox({ validateResponses: false });
    const id = await callThatBreaksTheSpec(sandbox);
    const answer = await sandbox.api("evo", "GET", `/calls/${id}`);
    expect(answer).toMatchObject({ status: 200, body: { id, bizOpaqueCallbackData: "x".repeat(600) } });
  });
});

test("ERR-007: every refused request is answered with a code that its operation lists for that status", async () => {
  const { sandbox, send } = await busyWorld();
  for (const request of refusedRequests) await send(request);
  const { requests } = await sandbox.control.listRequests({ limit: 200 });
  const refused = requests.filter(({ status, operationId }) => (status ?? 0) >= 400 && operationId !== null);
  expect(refused.length).toBeGreaterThan(40);
  for (const { operationId, status, responseBody, violations } of refused) {
    const operation = operations.find(({ id }) => id === operationId);
    const { code } = responseBody as { code: string };
    expect(operation?.errorCodes[String(status)]).toContain(code);
    expect(violations.filter((violation) => violation.in === "response")).toEqual([]);
  }
});
