import type { LookupAddress } from "node:dns";

/** Tells public addresses from all others. */
export type IsPublic = (address: string) => boolean;

/** How long a name may take to resolve before the request is answered, in milliseconds of real time (assumption). */
const resolveWithinMs = 2_000;

/**
 * Loads what tells public addresses apart: everything that is not plain unicast is somebody's own network, another
 * spelling of IPv4, or reserved (realtime-media §7.1). It is loaded when the first file is asked for.
 */
export async function loadIsPublic(): Promise<IsPublic> {
  const { default: ipaddr } = await import("ipaddr.js");
  const oldMapping = ipaddr.parseCIDR("::/96");
  return (address) => {
    const parsed = ipaddr.parse(address);
    if (parsed.range() !== "unicast") return false;
    // IPv4-compatible addresses (RFC 4291 §2.5.5.1) still count as unicast there.
    return parsed.kind() === "ipv4" || !parsed.match(oldMapping);
  };
}

/** Whether a host as `URL` spells it is an address and no name. */
export async function isAddress(host: string): Promise<boolean> {
  const { default: ipaddr } = await import("ipaddr.js");
  return ipaddr.isValid(host);
}

/** The addresses of a name; null where it has none, cannot be asked about, or takes too long. */
export async function resolveName(host: string): Promise<readonly LookupAddress[] | null> {
  const dns = await import("node:dns").then(
    (module) => module.default,
    () => null,
  );
  if (dns === null) return null;
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(null), resolveWithinMs);
    dns.lookup(host, { all: true }, (error, addresses) => {
      clearTimeout(timer);
      resolve(error === null ? addresses : null);
    });
  });
}
