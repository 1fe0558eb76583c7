/** Hosts that the user vouches for: they are fetched from, whatever their address (MEDIA-PLAY-011). */
export class AllowedHosts {
  readonly #hosts: readonly { readonly host: string; readonly port: string | null }[];

  /** @param entries each `HOST` or `HOST:PORT`, as isAllowedHost takes them */
  constructor(entries: readonly string[]) {
    this.#hosts = entries.map((entry) => ({
      host: bareHost(new URL(`http://${entry}`)),
      port: /:(\d+)$/.exec(entry)?.[1] ?? null,
    }));
  }

  has(url: URL): boolean {
    const host = bareHost(url);
    const port = url.port === "" ? (url.protocol === "https:" ? "443" : "80") : url.port;
    return this.#hosts.some((allowed) => allowed.host === host && (allowed.port === null || allowed.port === port));
  }
}

/**
 * Whether a text is a host with or without a port.
 *
 * @example isAllowedHost("127.0.0.1:9000") // true
 */
export function isAllowedHost(text: unknown): boolean {
  if (typeof text !== "string" || !/^(\[[\d:.a-f]+\]|[^\s:/?#@[\]]+)(:\d{1,5})?$/i.test(text)) return false;
  return URL.canParse(`http://${text}`);
}

/** The host of an address, without the brackets of IPv6 and without the dot that may end a name. */
export function bareHost({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
}
