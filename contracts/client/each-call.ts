import type { Call, CallList } from "../../spec/generated/openapi.ts";
import type { Query } from "./calls-client.ts";

/**
 * All calls, one after the other; the next page is asked for when it is needed. A page holds what is strictly older than
 * `before`, and one that isn't full is the last (CALL-LIST).
 */
export async function* eachOf(
  listCalls: (query: Query<"listCalls">) => Promise<CallList>,
  { limit = 100, before }: Query<"listCalls"> = {},
): AsyncGenerator<Call, void, undefined> {
  let older = before;
  for (;;) {
    const { calls } = await listCalls({ limit, ...(older === undefined ? {} : { before: older }) });
    yield* calls;
    older = calls.at(-1)?.createdAt;
    if (older === undefined || calls.length < limit) return;
  }
}
