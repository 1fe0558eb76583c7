import { same } from "../fields.ts";
import { fail, type Played, pass, shownValue } from "../options.ts";
import type { Run } from "../run.ts";
import type { Verdict } from "../scenario.ts";

/** What the sandbox can't see: it is asked of the test, or said to the reader. */
export async function verdict(run: Run, { text, about, is }: Verdict): Promise<Played> {
  const { look } = run.options;
  if (look === undefined || about === undefined || is === undefined) return { outcome: "look", text };
  let shows: unknown;
  const right = await run.until(run.patience(undefined), async () => {
    shows = await look({ about, text, callId: run.callId });
    return same(shows ?? null, is) ? true : null;
  });
  if (right === true) return pass(`${about} is ${shownValue(is)}`);
  return fail(`${text} But ${about} is ${shownValue(shows)} in place of ${shownValue(is)}.`);
}
