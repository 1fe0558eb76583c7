import type { OpenApiDocument } from "./document.ts";
import { firstExample } from "./examples.ts";
import type { ReadOperation } from "./walk.ts";

const sandbox = "http://127.0.0.1:4010";

function textOf(value: unknown): string | null {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : null;
}

function urlOf(document: OpenApiDocument, operation: ReadOperation): string {
  const query = new URLSearchParams();
  let path = operation.path;
  for (const parameter of operation.parameters) {
    const example = textOf(firstExample(document, parameter));
    if (parameter.in === "path" && example !== null)
      path = path.replace(`{${parameter.name}}`, encodeURIComponent(example));
    if (parameter.in === "query" && parameter.required && example !== null) query.set(parameter.name, example);
  }
  return `${sandbox}${path}${query.size > 0 ? `?${query}` : ""}`;
}

/** The key that may use an operation: the META one unless only EVO_GO has it; none on the control API. */
function keyOf(operation: ReadOperation): string | null {
  if (operation.path.startsWith("/_")) return null;
  const providers = operation.operation["x-providers"];
  return providers === undefined || providers.includes("META") ? "ps_sandbox_meta" : "ps_sandbox_evo";
}

function bodyOf(document: OpenApiDocument, operation: ReadOperation): string | null {
  if (operation.body === null) return null;
  const example = firstExample(document, operation.body.media);
  return example === undefined ? null : JSON.stringify(example, null, 2).replaceAll("'", "'\\''");
}

/** A `curl` of the operation that is ready to be pasted; `{…}` is left where the spec gives no example. */
export function curlOf(document: OpenApiDocument, operation: ReadOperation): string {
  const method = operation.method === "GET" ? "" : `-X ${operation.method} `;
  const key = keyOf(operation);
  const body = bodyOf(document, operation);
  const parts = [`curl -sS ${method}'${urlOf(document, operation)}'`];
  if (key !== null) parts.push(`-H 'x-api-key: ${key}'`);
  if (body !== null) parts.push("-H 'content-type: application/json'", `-d '${body}'`);
  return parts.join(" \\\n  ");
}
