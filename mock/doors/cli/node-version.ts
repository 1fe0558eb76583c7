/** The oldest Node that runs this package; a test compares it with `engines` in package.json. */
export const oldestNode = "22.19";

/**
 * What is wrong with a version of Node; null when nothing is. It must itself run on any Node with modules.
 *
 * @param version as `process.version` has it
 * @example nodeMistake("v20.20.2") // calls-sandbox needs Node 22.19 or newer, and this is v20.20.2. …
 */
export function nodeMistake(version: string): string | null {
  const [major = 0, minor = 0] = version.replace(/^v/, "").split(".").map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = oldestNode.split(".").map(Number);
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return null;
  return `calls-sandbox needs Node ${oldestNode} or newer, and this is ${version}. Install a newer one from https://nodejs.org, or switch to it: nvm install ${oldestMajor}.`;
}
