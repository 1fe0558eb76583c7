import { isMap } from "../../mock/config/path.ts";
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
  const response = await fetch(`${url}/_sandbox/worlds/default/reset`, {
    method: "POST",
    headers: controlToken === undefined ? {} : { authorization: `Bearer ${controlToken}` },
    signal: AbortSignal.timeout(timeoutMs),
  }).catch((error: unknown) => {
    const late = error instanceof Error && error.name === "TimeoutError";
    throw new VerifyMistake(
      late
        ? `The target ${url} did not answer within ${timeoutMs / 1_000} s. Check its address, or raise --timeout.`
        : `No sandbox answers at ${url}. Start one with calls-sandbox serve, or leave --target out to verify against a fresh one.`,
    );
  });
  if (response.ok) return response.body?.cancel();
  const answer: unknown = await response.json().catch(() => null);
  const said = isMap(answer) && typeof answer["error"] === "string" ? answer["error"] : "It is no sandbox.";
  throw new VerifyMistake(`The target ${url} answered ${response.status}. ${said}`);
}
