/** What a body says as JSON; undefined when there is none, or it is no JSON. */
export function jsonOf(body: string | null): unknown {
  try {
    return body === null ? undefined : JSON.parse(body);
  } catch {
    return undefined;
  }
}
