import type { UpgradeRequest } from "../media/realtime/admission.ts";

/** The path of the socket, long with instance and call or short (MEDIA-WS-011), on whatever host. */
const path = /^\/call\/media\/realtime\/ws(?:\/([^/]+)\/([^/]+))?\/?$/;

/** A WebSocket address with the socket's path; it may have a query. */
export const realtimePath = /^(?:ws|http)s?:\/\/[^/]+\/call\/media\/realtime\/ws(?=[/?#]|$)/;

/** What a client that opens this address asks for; null when it is not the socket's. */
export function requestedAt({ pathname, searchParams }: URL): UpgradeRequest | null {
  const match = path.exec(pathname);
  return match === null ? null : { token: searchParams.get("token"), callRef: match[2] ?? null };
}
