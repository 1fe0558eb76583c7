import type { SendRequest } from "../../contracts/http/send.ts";

/** Something that Prism holds against an answer. */
export interface Objection {
  readonly request: string;
  readonly message: string;
}

/** Prism tells what it found in a header of the answer that it passes on. */
const header = "sl-violations";

/**
 * Notes what Prism holds against answers. Requests are wrong on purpose here and there, so what it says of them is
 * left aside.
 */
export function recordObjections(send: SendRequest, objections: Objection[]): SendRequest {
  return async (request) => {
    const response = await send(request);
    const found: unknown = JSON.parse(response.headers[header] ?? "[]");
    for (const violation of Array.isArray(found) ? found : []) {
      const location: readonly unknown[] = Array.isArray(violation.location) ? violation.location : [];
      if (location[0] !== "response") continue;
      const message = `${location.join(".")} ${String(violation.message)}`;
      objections.push({ request: `${request.method} ${request.target} ${response.status}`, message });
    }
    return response;
  };
}
