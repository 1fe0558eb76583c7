import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/**
 * The path of a file of this package, wherever this code runs: from the sources, from a chunk of the bundle, or from one
 * of its entries.
 *
 * @param path from the package's folder, such as `spec/behaviours.yaml`
 * @throws when the package lacks it
 */
export function packageFile(path: string): string {
  const found = ["..", "../.."].map((up) => fileURLToPath(new URL(`${up}/${path}`, import.meta.url))).find(existsSync);
  if (found === undefined) throw new Error(`This package lacks ${path}. Install it again.`);
  return found;
}

/** Whether this code runs from the sources, and not from the bundle. */
export const runsFromSources = import.meta.url.endsWith(".ts");
