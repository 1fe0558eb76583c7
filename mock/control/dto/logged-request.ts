import type { components } from "../../../spec/generated/control.ts";
import { isoTime } from "../../domain/time.ts";
import type { LoggedRequest } from "../../world/request-log.ts";

/** A logged request with its bodies as JSON where they were JSON. */
export function loggedRequestDto(request: LoggedRequest): components["schemas"]["LoggedRequest"] {
  return {
    ...request,
    at: isoTime(request.at),
    requestBody: jsonOrText(request.requestBody),
    responseBody: jsonOrText(request.responseBody),
  };
}

function jsonOrText(text: string | null): unknown {
  if (text === null) return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
