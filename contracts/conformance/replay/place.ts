import { isMap } from "../../../mock/config/path.ts";
import type { SentRequest } from "../../exchange/exchange.ts";
import { findOperation } from "../../exchange/find-operation.ts";
import { jsonOf } from "../../exchange/json-of.ts";
import type { SendRequest } from "../../http/send.ts";
import type { RecordedExchange } from "../../recording/index.ts";
import { changesAccount, ringsPhone } from "../consequences.ts";
import { controlOf, senderOf, type TargetDescription } from "../targets/description.ts";

/** Where a recording is replayed. */
export interface ReplayPlace {
  readonly send: SendRequest;
  readonly keys: { readonly META?: string; readonly EVO_GO?: string };
  /** Whether a request may be made here at all. */
  readonly allows: (exchange: RecordedExchange) => boolean;
  /** Makes possible what the recording shows to have been possible. */
  readonly prepare: (recorded: RecordedExchange, sent: SentRequest) => Promise<void>;
  /** The one phone that may be named here, in digits; null: any. */
  readonly phone: string | null;
  readonly leave: () => Promise<void>;
}

/** Prepares a place: in a sandbox a world of its own in which nobody acts, on a live service what its owner allows. */
export async function placeFor(description: TargetDescription): Promise<ReplayPlace> {
  const send = senderOf(description);
  if (description.kind === "live") {
    const { allowCalls, allowChanges, keys } = description;
    return {
      send,
      keys: keysOf(keys.meta, keys.evo),
      allows: ({ operation }) =>
        (allowCalls !== null || !ringsPhone(operation)) && (allowChanges || !changesAccount(operation)),
      prepare: async () => {},
      phone: allowCalls,
      leave: async () => {},
    };
  }
  const control = controlOf(description);
  const { id, keys } = await control.createWorld({ mode: "manual", clock: "virtual" });
  return {
    send,
    keys: keysOf(keys.meta, keys.evo),
    allows: () => true,
    prepare: async ({ response }, sent) => {
      const to = placed(sent);
      if (to !== null && response.status === 201)
        await control.putContact({ w: id, phone: to, permission: "permanent" });
    },
    phone: null,
    leave: () => control.deleteWorld({ w: id }).then(() => undefined),
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
