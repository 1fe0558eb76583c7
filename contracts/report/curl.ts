import type { SentRequest } from "../exchange/exchange.ts";

/**
 * A request as a line for a terminal.
 *
 * @param base the service's address
 * @param key what stands for the key: a key that may be shown, or a variable such as `$API_KEY`
 * @example curlLine(request, "http://127.0.0.1:4010", "ps_sandbox_meta")
 */
export function curlLine({ method, target, headers, body }: SentRequest, base: string, key: string): string {
  const shownHeaders = Object.entries(headers).map(([name, value]) => {
    // A variable must stay outside of single quotes to be replaced by its value.
    return name === "x-api-key" ? `-H "x-api-key: ${key}"` : `-H ${quoted(`${name}: ${value}`)}`;
  });
  const sent = body === null ? [] : [`--data-raw ${quoted(body)}`];
  const verb = method === "GET" ? [] : [`-X ${method}`];
  return ["curl -i", ...verb, quoted(`${base.replace(/\/+$/, "")}${target}`), ...shownHeaders, ...sent].join(" ");
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
