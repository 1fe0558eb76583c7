import type { SentRequest } from "../../contracts/exchange/exchange.ts";
import { findOperation } from "../../contracts/exchange/find-operation.ts";
import { jsonOf } from "../../contracts/exchange/json-of.ts";
import type { SendRequest } from "../../contracts/http/send.ts";

/** What Prism has looked at, and what it holds against answers. */
export interface Judgement {
  judged: number;
  /** What went past it, because it can't carry it. */
  past: number;
  readonly objections: string[];
}

/** Prism tells what it found in a header of the answer that it passes on. */
const header = "sl-violations";

/**
 * Sends requests through Prism and notes what it holds against their answers. Requests are wrong on purpose here and there,
 * so what it says of them is left aside.
 *
 * @param past the way without Prism, for what is no request of the document and what Prism would not carry
 */
export function recordObjections(through: SendRequest, past: SendRequest, judgement: Judgement): SendRequest {
  return async (request) => {
    if (!isCarried(request)) {
      judgement.past++;
      return past(request);
    }
    const response = await through(request);
    judgement.judged++;
    const found: unknown = JSON.parse(response.headers[header] ?? "[]");
    for (const violation of Array.isArray(found) ? found : []) {
      const location: readonly unknown[] = Array.isArray(violation.location) ? violation.location : [];
      if (location[0] !== "response") continue;
      const about = `${request.method} ${request.target} ${response.status}`;
      judgement.objections.push(`${about}: ${location.join(".")} ${String(violation.message)}`);
    }
    return response;
  };
}

/** Prism 5.16 hangs or ends on large bodies and those that are no JSON object, odd media types and broken percent-encoding. */
function isCarried({ method, target, headers, body }: SentRequest): boolean {
  if (findOperation(method, target).operation === null || target.startsWith("/api/")) return false;
  if (/%(?![0-9a-f]{2})|%2f|\/\/|\\/i.test(target)) return false;
  if (body === null) return true;
  if (body.length > 100_000) return false;
  if (body.trim() === "") return true;
  const json = jsonOf(body);
  const isObject = typeof json === "object" && json !== null && !Array.isArray(json);
  return isObject && headers["content-type"] === "application/json";
}
