import { isSecret } from "./secret-names.ts";

/** The secrets that a run has seen, since an error text may repeat one without a name in front of it. */
export interface KnownSecrets {
  /** Remembers what the headers of a request or an answer hold. */
  readonly learn: (headers: Readonly<Record<string, string>>) => void;
  readonly redact: (text: string) => string;
}

/** Those of one run are few; older ones are forgotten, so that no client can slow down or fill the process. */
const mostKnown = 100;

/** What is shorter may as well be an ordinary word. */
const shortest = 8;

/** Replacing a number would break JSON; a stand-in is none. */
const noSecret = /^(?:[\d.eE+-]+|redacted(?:-\d+)?)$/;

export function knownSecrets(): KnownSecrets {
  const known = new Set<string>();
  let pattern: RegExp | null = null;
  const add = (secret: string) => {
    if (secret.length < shortest || noSecret.test(secret) || known.has(secret)) return;
    known.add(secret);
    const [oldest = ""] = known;
    if (known.size > mostKnown) known.delete(oldest);
    // The longest first: one may begin another. A name in JSON is none, so that JSON keeps its shape.
    const longestFirst = [...known].sort((a, b) => b.length - a.length);
    const any = longestFirst.map((each) => each.replaceAll(/\W/g, "\\$&")).join("|");
    pattern = new RegExp(String.raw`(?<![A-Za-z\d])(?:${any})(?![A-Za-z\d]|\\*"\s*:)`, "g");
  };
  return {
    learn: (headers) => {
      for (const [name, value] of Object.entries(headers)) {
        if (!isSecret(name)) continue;
        // `Bearer …`; and the id of a key is the part of it after `ps_` (AUTH-003).
        add(value.replace(/^\w+ /, "").replace(/^ps_/, ""));
      }
    },
    redact: (text) => (pattern === null ? text : text.replaceAll(pattern, "redacted")),
  };
}
