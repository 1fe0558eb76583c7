import { isMap } from "../../../mock/config/path.ts";
import type { Exchange } from "../../exchange/exchange.ts";
import { bodyOf, type Play } from "../play.ts";
import { CaseSkipped } from "../result.ts";

/** What a live account has only so much of, by the code that says that it is gone. */
const usedUp: Readonly<Record<string, string>> = {
  // Meta takes the permission back after some calls that nobody answered (meta-calling §2.1), which this suite places.
  META_CALL_PERMISSION_REQUIRED:
    "the permission of the person whom --allow-calls names, which is not or no longer there",
  META_CALL_PERMISSION_REQUEST_LIMIT: "a permission request, of which the person can be sent one a day and two a week",
  META_CALL_LIMIT: "a call, and as many as Meta allows in 24 hours were connected",
};

/**
 * On a live service, leaves a case that needs what is used up: that says nothing of the service.
 *
 * @param expected the code that the case expects, if it expects one
 * @throws CaseSkipped
 */
export function skipWhatIsUsedUp({ stage }: Play, { response }: Exchange, expected: string | undefined): void {
  const answer = bodyOf(response);
  if (stage.world !== null || !isMap(answer)) return;
  const code = String(answer["code"]);
  const lacking = usedUp[code];
  if (lacking !== undefined && code !== expected) throw new CaseSkipped(`needs ${lacking}`);
}
