import type { Refusal } from "../domain/refusals/refusal.ts";
import { shortenKeys, type Violation } from "../world/request-log.ts";

/** Refusals of requests that the specification doesn't allow, whatever the state of the world. */
const broken: ReadonlySet<Refusal["code"]> = new Set([
  "VALIDATION_ERROR",
  "MISSING_TO",
  "INVALID_LIMIT",
  "INVALID_BEFORE",
  "PAYLOAD_TOO_LARGE",
  "UNSUPPORTED_MEDIA_TYPE",
  "ROUTE_NOT_FOUND",
  "METHOD_NOT_ALLOWED",
]);

/** What the log marks in a refused request: the places in it that broke the specification (CTRL-037). */
export function requestViolations({ code, message, details }: Refusal): readonly Violation[] {
  if (!broken.has(code)) return [];
  const issues = details?.["issues"];
  if (!Array.isArray(issues)) return [{ in: "request", path: "", message: shortenKeys(message) }];
  return issues.map((issue: { path?: unknown; message?: unknown }) => ({
    in: "request",
    path: String(issue.path ?? ""),
    message: shortenKeys(String(issue.message ?? message)),
  }));
}
