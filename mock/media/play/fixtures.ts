/** A local file that stands for an address. */
export interface Fixture {
  /** As the user wrote it: a file or a folder. */
  readonly path: string;
  /** What names the file in a folder: the part under the last `*`, or the last part of the address. */
  readonly within: string;
}

/** Which addresses are played from local files (MEDIA-PLAY-012). */
export class Fixtures {
  readonly #entries: readonly { readonly pattern: RegExp; readonly path: string }[];

  /** @param map addresses, in which `*` stands for anything, to files or folders; the first that fits counts */
  constructor(map: Readonly<Record<string, string>>) {
    this.#entries = Object.entries(map).map(([glob, path]) => ({ pattern: patternOf(glob), path }));
  }

  /** The file for an address, matched with its query and without; undefined when nothing fits. */
  find(url: URL): Fixture | undefined {
    const bare = url.origin + url.pathname;
    for (const { pattern, path } of this.#entries) {
      const match = pattern.exec(bare + url.search) ?? pattern.exec(bare);
      if (match === null) continue;
      const under = match.length > 1 ? match.at(-1) : undefined;
      return { path, within: (under ?? url.pathname.split("/").at(-1) ?? "").replace(/\?.*$/s, "") };
    }
    return undefined;
  }
}

/** Whether a text can stand on the left of a fixture: everything, or addresses of http or https. */
export function isFixtureGlob(text: string): boolean {
  return text === "*" || /^https?:\/\/[^/]/i.test(text);
}

/** Spelt as `URL` spells addresses, so that an upper-case host or a default port is no other address. */
function patternOf(glob: string): RegExp {
  const spelt = URL.canParse(glob) ? new URL(glob).href.replace(/#.*$/s, "") : glob;
  const parts = spelt.split("*").map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, "\\$&"));
  return new RegExp(`^${parts.join("(.*)")}$`, "s");
}
