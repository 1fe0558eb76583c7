import type { Context, Hono } from "hono";
import { type ControlOperationId, controlOperations, type OperationSpec } from "../../spec/generated/operations.ts";
import { errorBody } from "../api/error-body.ts";
import { jsonResponse } from "../api/json-response.ts";
import { mountOperations } from "../api/mount.ts";
import type { ResponseCheck } from "../api/response-check.ts";
import { type ControlAccess, refuseAccess } from "./guard.ts";
import type { Sandboxed } from "./handler.ts";
import { serveControl } from "./serve-control.ts";

/** `{"contentType":"application/json"}` in base64: what is known of every message beside its payload. */
const messageMetadata = "eyJjb250ZW50VHlwZSI6ImFwcGxpY2F0aW9uL2pzb24ifQ==";

/** Puts the control API on a router, under `/_sandbox` and `/_pact`, behind its guard. */
export function mountControl(
  app: Hono,
  sandbox: Sandboxed,
  access: ControlAccess,
  checkResponse: ResponseCheck | null,
): void {
  for (const guarded of ["/_sandbox/*", "/_pact/*"]) {
    app.use(guarded, async (context, next) => {
      const refusal = refuseAccess(access, (name) => context.req.header(name));
      if (refusal === null) return next();
      const body = errorBody(refusal, { source: { seed: "", worldId: "" }, ordinal: 0 });
      return jsonResponse(refusal.status, body, { ok: false, refusal }).response;
    });
  }
  // Pact's verifiers read here what kind of message the answer is (PACT-008).
  app.use("/_pact/messages", async (context, next) => {
    await next();
    if (context.res.ok) context.res.headers.set("pact-message-metadata", messageMetadata);
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
