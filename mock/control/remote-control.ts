import { controlOperations, type OperationSpec } from "../../spec/generated/operations.ts";
import { isMap } from "../config/path.ts";
import { refuse } from "../domain/refusals/refusal.ts";
import { type Control, ControlRefused, controlBy } from "./control.ts";
import type { ControlInput } from "./serve-control.ts";

/** How to reach the control API of a sandbox that runs elsewhere. */
export interface RemoteControl {
  /** Its origin. */
  readonly url: string;
  readonly controlToken?: string | undefined;
  /** Makes the requests; what it throws, the methods throw. */
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
}

/**
 * The control API of a running sandbox as methods.
 *
 * @throws ControlRefused from its methods, when an operation is refused
 */
export function remoteControl({ url, controlToken, fetch }: RemoteControl): Control {
  const base = url.replace(/\/+$/, "");
  const authorization = controlToken === undefined ? {} : { authorization: `Bearer ${controlToken}` };
  return controlBy(async (id, { path, query, body }) => {
    const operation: OperationSpec = controlOperations[id];
    const response = await fetch(`${base}${address(operation, path, query)}`, {
      method: operation.method,
      headers: { ...authorization, ...(body === undefined ? {} : { "content-type": "application/json" }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer: unknown = await response.json().catch(() => null);
    if (response.ok) return answer;
    throw refusedWith(response, answer);
  });
}

function address({ path: template }: OperationSpec, path: ControlInput["path"], query: ControlInput["query"]): string {
  const at = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(path[name] ?? ""));
  const asked = new URLSearchParams(
    Object.fromEntries(Object.entries(query).map(([name, value]) => [name, String(value)])),
  );
  return asked.size === 0 ? at : `${at}?${asked}`;
}

/** The refusal as it would have been thrown in the sandbox's own process. */
function refusedWith({ status, statusText }: Response, answer: unknown): ControlRefused {
  const { error, code } = isMap(answer) ? answer : {};
  const refusal = refuse("VALIDATION_ERROR", { message: typeof error === "string" ? error : statusText });
  return new ControlRefused({
    ...refusal,
    status,
    code: typeof code === "string" ? (code as typeof refusal.code) : refusal.code,
  });
}
