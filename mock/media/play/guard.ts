import type { UrlFault } from "../../api/audio-desk.ts";
import { isAddress, loadIsPublic, resolveName } from "./addresses.ts";
import { type AllowedHosts, bareHost } from "./allowed-hosts.ts";
import type { Fixtures } from "./fixtures.ts";

const open = "Allow the host with --allow-media-host HOST:PORT, or map the address to a file with --media-fixture.";

const faults = {
  address: {
    behaviour: "MEDIA-PLAY-003",
    message: "must lead to a public address, and its host is a private or reserved one",
    remedy: open,
  },
  localhost: {
    behaviour: "MEDIA-PLAY-004",
    message: "must lead to a public address, and localhost is this machine itself",
    remedy: open,
  },
  resolved: {
    behaviour: "MEDIA-PLAY-005",
    message: "must lead to a public address, and its name stands for a private or reserved one",
    remedy: open,
  },
  unresolved: {
    behaviour: "STRICT-016",
    message: "must have a name that resolves, or a fixture",
    remedy: "Map it with --media-fixture; without --strict the fallback clip is played.",
  },
} as const satisfies Readonly<Record<string, UrlFault>>;

/** The hosts of examples (RFC 2606 §3): what the seed page shows is never refused (STRICT-001). */
const exampleHosts = ["example.com", "example.net", "example.org"];

/** Judges addresses before anything is asked of them. */
export class Guard {
  readonly #allowed: AllowedHosts;
  readonly #fixtures: Fixtures;

  constructor(allowed: AllowedHosts, fixtures: Fixtures) {
    this.#allowed = allowed;
    this.#fixtures = fixtures;
  }

  /**
   * Judges an address in full: its host, and what its name stands for at this moment. A mapped address is not looked
   * up: the sandbox works offline.
   *
   * @param strict refuses a name that doesn't resolve
   */
  async judge(url: URL, strict: boolean): Promise<UrlFault | null> {
    const fault = await this.judgeHost(url);
    if (fault !== null || this.#fixtures.find(url) !== undefined || this.#allowed.has(url)) return fault;
    const host = bareHost(url);
    if (await isAddress(host)) return null;
    const addresses = await resolveName(host);
    if (addresses === null || addresses.length === 0)
      return strict && !exampleHosts.includes(host) ? faults.unresolved : null;
    const isPublic = await loadIsPublic();
    return addresses.every(({ address }) => isPublic(address)) ? null : faults.resolved;
  }

  /**
   * Judges the host alone, as `URL` has spelt it: decimal, octal, hexadecimal and short forms have become plain
   * addresses by then, which no pattern over the text could see (realtime-media §7.2).
   */
  async judgeHost(url: URL): Promise<UrlFault | null> {
    if (this.#allowed.has(url)) return null;
    const host = bareHost(url);
    if (host === "localhost" || host.endsWith(".localhost")) return faults.localhost;
    if (!(await isAddress(host))) return null;
    return (await loadIsPublic())(host) ? null : faults.address;
  }
}
