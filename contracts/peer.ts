import { createRequire } from "node:module";
import { valueAt } from "../mock/config/path.ts";

/** A package that this one runs, and that a project installs only if it wants to. */
export interface Peer {
  /** How sentences call it. */
  readonly name: string;
  readonly package: string;
  /** The oldest major version that works. */
  readonly oldest: number;
}

/**
 * What is wrong with the installed version of a peer; null when nothing is, or when it is not installed. The ranges in
 * package.json allow any version: npm would otherwise refuse this package to whoever has an older one and doesn't run it.
 *
 * @example peerMistake({ name: "Vitest", package: "vitest", oldest: 5 })
 * // Vitest 5 or newer is needed, 4.1.12 is installed. npm install --save-dev vitest@5
 */
export function peerMistake({ name, package: peer, oldest }: Peer): string | null {
  const version = installedVersion(peer);
  if (version === null || Number(version.split(".")[0]) >= oldest) return null;
  return `${name} ${oldest} or newer is needed, ${version} is installed. npm install --save-dev ${peer}@${oldest}`;
}

function installedVersion(peer: string): string | null {
  try {
    const version = valueAt(createRequire(import.meta.url)(`${peer}/package.json`), ["version"]);
    return typeof version === "string" ? version : null;
  } catch {
    return null;
  }
}
