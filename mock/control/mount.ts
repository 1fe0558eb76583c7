import type { Context, Hono } from "hono";
import { type ControlOperationId, controlOperations, type OperationSpec } from "../../spec/generated/operations.ts";
import { errorBody } from "../api/error-body.ts";
import { jsonResponse } from "../api/json-response.ts";
import { mountOperations } from "../api/mount.ts";
import type { ResponseCheck } from "../api/response-check.ts";
import { type ControlAccess, refuseAccess } from "./guard.ts";
import type { Sandboxed } from "./handler.ts";
import { serveControl } from "./serve-control.ts";

/** Puts the control API on a router, under `/_sandbox`, behind its guard. */
export function mountControl(
  app: Hono,
  sandbox: Sandboxed,
  access: ControlAccess,
  checkResponse: ResponseCheck | null,
): void {
  app.use("/_sandbox/*", async (context, next) => {
    const refusal = refuseAccess(access, (name) => context.req.header(name));
    if (refusal === null) return next();
    const body = errorBody(refusal, { source: { seed: "", worldId: "" }, ordinal: 0 });
    return jsonResponse(refusal.status, body, { ok: false, refusal }).response;
  });
  mountOperations(app, "", Object.values(controlOperations), (context, operation) =>
    isControl(operation)
      ? serveControl(sandbox, operation, incoming(context), checkResponse)
      : Promise.resolve(context.notFound()),
  );
}

function isControl(operation: OperationSpec): operation is OperationSpec & { readonly id: ControlOperationId } {
  return Object.hasOwn(controlOperations, operation.id);
}

function incoming(context: Context) {
  const url = new URL(context.req.url);
  return {
    request: context.req.raw,
    path: context.req.param(),
    target: url.pathname + url.search,
    header: (name: string) => context.req.header(name),
  };
}
