import { isMap } from "../../mock/config/path.ts";
import { ask, NoAnswer } from "./ask.ts";
import { VerifyMistake } from "./mistake.ts";

/** A running sandbox. */
export interface Target {
  /** Its origin, without `/v1`. */
  readonly url: string;
  readonly controlToken?: string;
}

/**
 * Makes sure that a sandbox answers, and puts its world `default` back to its beginning.
 *
 * @throws VerifyMistake when none does, in time
 */
export async function checkTarget({ url, controlToken }: Target, timeoutMs: number): Promise<void> {
  const headers: Record<string, string> = controlToken === undefined ? {} : { authorization: `Bearer ${controlToken}` };
  const reset = `${url}/_sandbox/worlds/default/reset`;
  const { ok, status, json } = await ask(reset, { method: "POST", headers }, timeoutMs).catch((error: unknown) => {
    if (!(error instanceof NoAnswer)) throw error;
    throw new VerifyMistake(
      `The target ${url} ${error.message}. Start a sandbox there with calls-sandbox serve, or leave --target out to verify against a fresh one.`,
    );
  });
  const isSandbox = isMap(json) && (ok ? json["id"] === "default" : typeof json["error"] === "string");
  if (ok && isSandbox) return;
  const said = isSandbox ? String(json["error"]) : "It is no sandbox: check --target.";
  throw new VerifyMistake(`The target ${url} answered ${status}. ${said}`);
}
