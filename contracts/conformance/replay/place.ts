import { isMap } from "../../../mock/config/path.ts";
import type { SentRequest } from "../../exchange/exchange.ts";
import { findOperation } from "../../exchange/find-operation.ts";
import { jsonOf } from "../../exchange/json-of.ts";
import type { SendRequest } from "../../http/send.ts";
import type { RecordedExchange } from "../../recording/index.ts";
import { actsOnCall } from "../consequences.ts";
import { controlOf, senderOf, type TargetDescription } from "../targets/description.ts";
import { liveAccount } from "../targets/live-account.ts";

/** Where a recording is replayed. */
export interface ReplayPlace {
  readonly send: SendRequest;
  readonly keys: { readonly META?: string; readonly EVO_GO?: string };
  /** Why a request, with the values of this replay in it, is not made here; null where it is. */
  readonly refuse: (recorded: RecordedExchange, sent: SentRequest) => string | null;
  /** Makes possible what the recording shows to have been possible. */
  readonly prepare: (recorded: RecordedExchange, sent: SentRequest) => Promise<void>;
  /** The one phone that may be named here, in digits; null: any. */
  readonly phone: string | null;
  /** Returns what could not be taken back. */
  readonly leave: () => Promise<readonly string[]>;
}

/** Prepares a place: in a sandbox a world of its own in which nobody acts, on a live service what its owner allows. */
export async function placeFor(description: TargetDescription): Promise<ReplayPlace> {
  const send = senderOf(description);
  if (description.kind === "live") {
    const { allowCalls, allowChanges, keys } = description;
    const account = liveAccount(send, { calls: allowCalls, changes: allowChanges });
    return {
      send: account.send,
      keys: keysOf(keys.meta, keys.evo),
      refuse: ({ operation, request }, sent) => {
        if (!actsOnCall(operation)) return null;
        if (allowCalls === null) return "acts on a call: --allow-calls +55… allows it";
        // The path still has the id that it was recorded with: on this account that may be a call of somebody's.
        return request.target === sent.target ? "names a call that no request of this replay has made" : null;
      },
      prepare: async () => {},
      phone: allowCalls,
      leave: account.leave,
    };
  }
  const control = controlOf(description);
  const { id, keys } = await control.createWorld({ mode: "manual", clock: "virtual" });
  return {
    send,
    keys: keysOf(keys.meta, keys.evo),
    refuse: () => null,
    prepare: async ({ response }, sent) => {
      const to = placed(sent);
      if (to !== null && response.status === 201)
        await control.putContact({ w: id, phone: to, permission: "permanent" });
    },
    phone: null,
    leave: () => control.deleteWorld({ w: id }).then(() => []),
  };
}

function keysOf(meta: string | undefined, evo: string | undefined): ReplayPlace["keys"] {
  return { ...(meta === undefined ? {} : { META: meta }), ...(evo === undefined ? {} : { EVO_GO: evo }) };
}

/** Whom a request calls; null for every other request. */
function placed({ method, target, body }: SentRequest): string | null {
  if (findOperation(method, target).operation?.id !== "startCall") return null;
  const json = jsonOf(body);
  return isMap(json) && typeof json["to"] === "string" ? json["to"] : null;
}
