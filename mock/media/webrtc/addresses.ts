import { networkInterfaces } from "node:os";

/**
 * The addresses that stand in an SDP.
 *
 * @param host the one that was chosen; null: the machine's first address of its own, for other machines, and the
 *   loopback, for a machine without a network and for containers whose ports are mapped there
 */
export function addressesFor(host: string | null): readonly string[] {
  if (host !== null) return [host];
  const own = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find(({ family, internal, address }) => family === "IPv4" && !internal && !address.startsWith("169.254."));
  return own === undefined ? ["127.0.0.1"] : [own.address, "127.0.0.1"];
}
