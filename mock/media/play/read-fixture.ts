import { PlayFailure } from "./failure.ts";
import type { Fixture } from "./fixtures.ts";
import type { PlayLimits } from "./options.ts";

/**
 * Reads the file that stands for an address.
 *
 * @throws PlayFailure when there is none, it is too large, or the address leads out of the folder
 */
export async function readFixture({ path, within }: Fixture, limits: PlayLimits): Promise<Uint8Array> {
  // Loaded only here: a page in a browser has no files.
  const { readFile, stat } = await import("node:fs/promises");
  const { join, relative, isAbsolute } = await import("node:path");
  const found = await stat(path).catch(() => null);
  if (found === null) throw missing(path);
  let file = path;
  if (found.isDirectory()) {
    file = join(path, unescaped(within));
    const inside = relative(path, file);
    if (inside === "" || inside.startsWith("..") || isAbsolute(inside))
      throw new PlayFailure("fixture", "MEDIA-PLAY-012", `The address names no file in the folder ${path}.`);
  }
  const size = (await stat(file).catch(() => null))?.size;
  if (size === undefined) throw missing(file);
  if (size > limits.bytes)
    throw new PlayFailure("tooLarge", "MEDIA-PLAY-009", `The file is larger than ${limits.bytes} bytes.`);
  return readFile(file).catch(() => {
    throw missing(file);
  });
}

function missing(file: string): PlayFailure {
  return new PlayFailure("fixture", "MEDIA-PLAY-012", `The fixture map names ${file}, and it can't be read.`);
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text).replaceAll("\0", "");
  } catch {
    return text;
  }
}
