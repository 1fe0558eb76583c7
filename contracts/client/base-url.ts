/**
 * The address that paths such as `/v1/calls` are put behind. A base URL may or may not end in `/v1`, and `/api/v1` is
 * served as well (pilot-status §6).
 *
 * @throws TypeError when it isn't the address of a service
 * @example rootOf("https://pilotstatus.com.br/v1/") // "https://pilotstatus.com.br"
 * @example rootOf("https://pilotstatus.com.br/api/v1") // "https://pilotstatus.com.br/api"
 */
export function rootOf(baseUrl: string): string {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : null;
  const plain = url !== null && /^https?:$/.test(url.protocol) && url.search === "" && url.hash === "";
  if (!plain) {
    throw new TypeError(
      `The client can't be made: baseUrl must be an http:// or https:// address without a query, but was ${JSON.stringify(baseUrl)}. Pass for example "https://pilotstatus.com.br" or "http://127.0.0.1:4010/v1".`,
    );
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, "").replace(/\/v1$/, "")}`;
}
