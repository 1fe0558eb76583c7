import type { FaultBody } from "../../mock/faults/rule.ts";
import type { Answer, TestSandbox } from "../support/sandbox.ts";

/** Arms a rule in the world `default` and gives its id. */
export async function arm(sandbox: TestSandbox, rule: FaultBody): Promise<string> {
  const { id } = await sandbox.control.addFault(rule);
  return id;
}

/** Places a call from the EVO_GO number. */
export function dial(sandbox: TestSandbox, to = "+5511988887777"): Promise<Answer> {
  return sandbox.api("evo", "POST", "/calls", { to });
}

/** Whether each of so many lists of calls was struck. */
export async function strikes(sandbox: TestSandbox, count: number): Promise<boolean[]> {
  const struck: boolean[] = [];
  for (let request = 0; request < count; request++) {
    const { headers } = await sandbox.api("evo", "GET", "/calls");
    struck.push(headers.has("x-sandbox-fault"));
  }
  return struck;
}

/** The world's present number of calls. */
export function callsIn(sandbox: TestSandbox): number {
  return sandbox.world.state.calls.size;
}
