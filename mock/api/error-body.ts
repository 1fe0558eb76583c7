import type { DrawSource } from "../domain/draw.ts";
import { fbtraceId } from "../domain/ids.ts";
import type { JsonObject } from "../domain/json.ts";
import { type MetaError, metaErrors } from "../domain/refusals/meta-errors.ts";
import type { MetaRefusal, Refusal } from "../domain/refusals/refusal.ts";

/** Whose status a forwarded Meta error carries: the gateway's 400, 429 or 502, or Meta's own. */
export type MetaErrorStatus = "gateway" | "forward";

/** The body of a refusal: `error`, `code`, and `details` where there are any (pilot-status §2). */
export interface ErrorBody {
  readonly error: string;
  readonly code: string;
  readonly details?: JsonObject;
}

/** Where the trace id of a Meta error comes from: the world, and the ordinal of the request. */
export interface Trace {
  readonly source: DrawSource;
  readonly ordinal: number;
}

/** Writes a refusal as the API answers it. */
export function errorBody(refusal: Refusal, trace: Trace): ErrorBody {
  const details =
    refusal.meta === undefined ? refusal.details : { ...refusal.details, meta: metaBody(refusal.meta, trace) };
  return { error: refusal.message, code: refusal.code, ...(details === undefined ? {} : { details }) };
}

/** The status of a refusal; only `forward` can make a Meta error a 401 (pilot-status §2, trap). */
export function statusOf(refusal: Refusal, metaErrorStatus: MetaErrorStatus): number {
  if (metaErrorStatus === "gateway" || refusal.meta === undefined) return refusal.status;
  return metaErrors[refusal.meta.code].metaStatus;
}

/** The inside of Meta's own error object, in whichever of its two styles the code has (meta-calling §1.1). */
function metaBody({ code, details, style }: MetaRefusal, { source, ordinal }: Trace): JsonObject {
  const error: MetaError = metaErrors[code];
  const { subcode } = error;
  const userTexts = style === undefined ? error.userTexts : textsIn(style, error);
  return {
    message: userTexts === undefined ? `(#${code}) ${error.title}` : error.title,
    type: "OAuthException",
    code,
    ...(subcode === undefined ? {} : { error_subcode: subcode }),
    ...(userTexts === undefined
      ? {}
      : { is_transient: false, error_user_title: userTexts.title, error_user_msg: userTexts.message }),
    error_data: { messaging_product: "whatsapp", details },
    fbtrace_id: fbtraceId(source, ordinal),
  };
}

/** The texts for the user, where a fault rule asks for a style that Meta has not been seen to use for this code. */
function textsIn(style: "plain" | "user", { userTexts, title, details }: MetaError): MetaError["userTexts"] {
  return style === "plain" ? undefined : (userTexts ?? { title, message: details });
}
