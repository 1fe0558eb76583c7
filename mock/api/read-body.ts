import type { OperationSpec } from "../../spec/generated/operations.ts";
import { type Refusal, refuse } from "../domain/refusals/refusal.ts";
import type { HeaderReader } from "./authenticate.ts";

/** The largest body that is accepted. */
export const bodyLimit = 1024 * 1024;

/** How much more of a too large body is still read: a client that can't finish sending never sees the answer. */
const readOnLimit = 7 * bodyLimit;

export type ReadBody =
  | { readonly ok: true; readonly text: string | null; readonly json: unknown }
  | { readonly ok: false; readonly refusal: Refusal; readonly text: string | null };

const nothing: ReadBody = { ok: true, text: null, json: undefined };

/**
 * Reads the JSON body of a request. A missing body is `undefined`; operations without a body read none of it as JSON,
 * since clients send `{}` or `[]` there by habit (pilot-status §6).
 */
export function readBody(
  request: Request,
  operation: OperationSpec,
  header: HeaderReader,
): ReadBody | Promise<ReadBody> {
  return operation.method === "GET" || operation.method === "DELETE" ? nothing : readJson(request, operation, header);
}

async function readJson(request: Request, operation: OperationSpec, header: HeaderReader): Promise<ReadBody> {
  const limit = operation.body?.limitBytes ?? bodyLimit;
  const text = await readText(request, Number(header("content-length") ?? Number.NaN), limit);
  if (text === null) return { ok: false, refusal: tooLarge(limit), text: null };
  if (text === "") return nothing;
  if (operation.body === null || isEmptyArray(text)) return { ok: true, text, json: undefined };
  const type = header("content-type") ?? "";
  if (!isJson(type)) return { ok: false, refusal: otherType(type), text };
  try {
    return { ok: true, text, json: JSON.parse(text) };
  } catch (error) {
    return { ok: false, refusal: malformed(error instanceof Error ? error.message : ""), text };
  }
}

/** @param announced the content length, NaN when the request names none */
async function readText(request: Request, announced: number, limit: number): Promise<string | null> {
  if (announced <= limit) return request.text();
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of request.body ?? []) {
    length += part.length;
    if (length > limit + readOnLimit) break;
    if (length <= limit) parts.push(part);
  }
  return length > limit ? null : new TextDecoder().decode(join(parts, length));
}

function join(parts: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/** PHP clients send `[]` where they mean no body (pilot-status §6). */
function isEmptyArray(text: string): boolean {
  return text.length < 16 && /^\s*\[\s*\]\s*$/.test(text);
}

function isJson(contentType: string): boolean {
  const type = contentType.split(";")[0]?.trim().toLowerCase() ?? "";
  return type === "application/json" || (type.startsWith("application/") && type.endsWith("+json"));
}

function tooLarge(limit: number): Refusal {
  const size = `${limit / bodyLimit} MiB`;
  return refuse("PAYLOAD_TOO_LARGE", {
    message: `The body is larger than ${size}. This operation needs none that large.`,
  });
}

function otherType(type: string): Refusal {
  return refuse("UNSUPPORTED_MEDIA_TYPE", {
    message: `The body must be JSON, but its content type is ${type === "" ? "missing" : JSON.stringify(type.slice(0, 80))}. Send Content-Type: application/json.`,
  });
}

function malformed(reason: string): Refusal {
  const message = `The body is not well-formed JSON: ${reason}.`;
  return refuse("VALIDATION_ERROR", {
    message: `${message} Check quotes, commas and line ends.`,
    behaviour: "ROUTE-012",
    details: { issues: [{ path: "", message }] },
  });
}
