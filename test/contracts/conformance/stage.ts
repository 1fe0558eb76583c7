import { onTestFinished } from "vitest";
import { playCase } from "../../../contracts/conformance/play-case.ts";
import { readCases } from "../../../contracts/conformance/read-cases.ts";
import { openReceiver } from "../../../contracts/conformance/receiver.ts";
import type { CaseResult } from "../../../contracts/conformance/result.ts";
import { sandboxTarget } from "../../../contracts/conformance/targets/sandbox-target.ts";
import type { Target } from "../../../contracts/conformance/targets/target.ts";
import type { ReceivedResponse } from "../../../contracts/exchange/exchange.ts";
import { type SendRequest, sendInProcess } from "../../../contracts/http/send.ts";
import { createSandbox } from "../../../mock/sandbox.ts";

/** Makes something else of an answer before the suite sees it: how a service that is wrong looks. */
export type Distort = (answer: ReceivedResponse) => ReceivedResponse;

/** A sandbox as a target, in this process. */
export async function target(distort: Distort = (answer) => answer): Promise<Target> {
  const sandbox = createSandbox({ validateResponses: true });
  const receiver = await openReceiver();
  onTestFinished(async () => {
    await sandbox.close();
    await receiver.close();
  });
  const inProcess = sendInProcess(sandbox.app);
  const send: SendRequest = async (request) => distort(await inProcess(request));
  return sandboxTarget({ send, control: sandbox.control, receiver, secrets: sandbox.secrets });
}

/** Plays one case, written as its steps. */
export async function played(steps: string, on?: Target, provider = "EVO_GO"): Promise<CaseResult> {
  const indented = steps
    .trim()
    .split("\n")
    .map((line) => `      ${line}`)
    .join("\n");
  const text = `topic: T\nproviders: [${provider}]\ncases:\n  - title: one\n    behaviours: [CALL-001]\n    steps:\n${indented}\n`;
  const [only] = readCases(text, "test.yaml");
  if (only === undefined) throw new Error("There is no case.");
  return playCase(only, on ?? (await target()));
}
