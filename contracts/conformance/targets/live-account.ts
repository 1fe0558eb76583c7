import { isMap } from "../../../mock/config/path.ts";
import { parsePhone } from "../../../mock/domain/phone.ts";
import type { Exchange, SentRequest } from "../../exchange/exchange.ts";
import { findOperation } from "../../exchange/find-operation.ts";
import { jsonOf } from "../../exchange/json-of.ts";
import type { SendRequest } from "../../http/send.ts";
import { actsOnCall, changesAccount, ringsPhone } from "../consequences.ts";
import { CaseSkipped } from "../result.ts";
import { settingsKeeper } from "./settings-keeper.ts";

/** What the owner of a live account allows. */
export interface Allowed {
  /** Whose phone may ring, in digits; null: nobody's. */
  readonly calls: string | null;
  /** Whether settings and webhooks may change. */
  readonly changes: boolean;
}

/** A live account for the length of one case or one replay. */
export interface LiveAccount {
  /** @throws CaseSkipped for a request that the owner has not allowed */
  readonly send: SendRequest;
  /** Takes back what was made and changed; returns what could not be. */
  readonly leave: () => Promise<readonly string[]>;
}

/**
 * Stands before a live account: every finished request is looked at, so that whatever a case or a recording says, nobody
 * is called whom the owner has not named, nothing changes unasked, and no call is touched that was not placed here.
 */
export function liveAccount(send: SendRequest, allowed: Allowed): LiveAccount {
  const keeper = settingsKeeper(send);
  const undo: SentRequest[] = [];
  const own = new Set<string>();
  const seen = new Set<string>();
  return {
    send: async (request) => {
      const refusal = refuse(request, allowed, (id) => own.has(id) || !seen.has(id));
      if (refusal !== null) throw new CaseSkipped(refusal);
      const response = await keeper.send(request);
      const back = undoing({ request, response });
      if (back !== null) undo.push(back);
      for (const id of idsIn(response.body)) (back === null ? seen : own).add(id);
      return response;
    },
    leave: async () => {
      const refused: string[] = [];
      for (const request of undo.toReversed()) {
        const why = await takeBack(send, request);
        if (why !== null) refused.push(why);
      }
      return [...refused, ...(await keeper.restore())];
    },
  };
}

/** @param isOurs whether an id is one of this case, or one that nobody has */
function refuse(request: SentRequest, { calls, changes }: Allowed, isOurs: (id: string) => boolean): string | null {
  const found = findOperation(request.method, request.target);
  // Without a key nothing can be done to anybody.
  if (found.operation === null || !isAuthenticated(request)) return null;
  const { id } = found.operation;
  const to = phoneIn(request.body);
  if (ringsPhone(id) && to !== null && to !== calls) {
    return "would ring a phone or cost money: --allow-calls +55… allows it for one number";
  }
  if (changesAccount(id) && !changes) return "would change the account: --allow-changes allows it";
  const touched = found.path["callId"] ?? found.path["id"];
  const isAction = actsOnCall(id) || changesAccount(id);
  if (isAction && touched !== undefined && !isOurs(touched)) return `would touch ${touched}, which was not made here`;
  return null;
}

function isAuthenticated({ headers }: SentRequest): boolean {
  return ["x-api-key", "x-api-key-id", "authorization"].some((name) => headers[name] !== undefined);
}

/** Whom a body names, in whatever form it comes; null where it is nobody's number. */
function phoneIn(body: string | null): string | null {
  const json = jsonOf(body);
  return isMap(json) && typeof json["to"] === "string" ? parsePhone(json["to"]) : null;
}

/** What takes a success back, with the key that made it; null where nothing is left behind. */
function undoing({ request, response }: Exchange): SentRequest | null {
  const made = jsonOf(response.body);
  if (response.status !== 201 || !isMap(made)) return null;
  const id = encodeURIComponent(String(made["id"]));
  const { "content-type": _type, ...headers } = request.headers;
  switch (findOperation(request.method, request.target).operation?.id) {
    case "startCall":
      return { method: "POST", target: `/v1/calls/${id}/terminate`, headers, body: null };
    case "createWebhook":
      return { method: "DELETE", target: `/v1/webhooks/${id}`, headers, body: null };
    default:
      return null;
  }
}

/** What has ended or gone already says no, and that is fine; anything else is told. */
async function takeBack(send: SendRequest, request: SentRequest): Promise<string | null> {
  const what = `${request.method} ${request.target}`;
  try {
    const { status, body } = await send(request);
    const json = jsonOf(body);
    const isOver = isMap(json) && json["code"] === "INVALID_CALL_STATE";
    return status < 300 || status === 404 || isOver ? null : `${what} was answered ${status}`;
  } catch (error) {
    return `${what}: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Every id of a call or a webhook that an answer shows. */
function idsIn(body: string | null): readonly string[] {
  return [...(body ?? "").matchAll(/"((?:call|wh)_[^"]+|wacid\.[^"]+|[0-9A-F]{32})"/g)].map(([, id = ""]) => id);
}
