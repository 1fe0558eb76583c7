import { firstOf, inner, numberOf, readFields, textOf } from "./fields.ts";
import { attributeOf, type SdpLine } from "./lines.ts";

/** A value and the number of the line that states it. */
export interface Stated<T> {
  readonly line: number;
  readonly value: T;
}

/** What is stated at one level: above the first m= line, or below one. */
export interface SdpLevel {
  readonly lines: readonly SdpLine[];
  readonly connection: readonly Stated<string>[];
  readonly attributes: ReadonlyMap<string, readonly Stated<string>[]>;
}

export interface SdpMedia extends SdpLevel {
  readonly line: number;
  readonly kind: string;
  readonly port: number;
  readonly protocol: string;
  readonly formats: readonly string[];
}

/** An SDP whose lines are known to be well formed, with nothing judged about its content. */
export interface SdpDocument {
  readonly lines: readonly SdpLine[];
  readonly session: SdpLevel;
  readonly media: readonly SdpMedia[];
}

/**
 * Sorts lines into levels.
 *
 * @param lines lines that passed the line rules; of others the values are not to be trusted
 */
export function readDocument(lines: readonly SdpLine[]): SdpDocument {
  const groups: SdpLine[][] = [[]];
  for (const line of lines) {
    if (line.text.startsWith("m=")) groups.push([]);
    groups.at(-1)?.push(line);
  }
  const [session = [], ...media] = groups;
  return { lines, session: readLevel(session), media: media.map(readMedia) };
}

/** Every line of that attribute, in order. @example statedAt(level, "fingerprint").length */
export function statedAt(level: SdpLevel, name: string): readonly Stated<string>[] {
  return level.attributes.get(name) ?? [];
}

/** What counts for a media section: its own lines, and those of the session when it has none (RFC 8866 §5.13). */
export function effective(document: SdpDocument, media: SdpLevel, name: string): readonly Stated<string>[] {
  const own = statedAt(media, name);
  return own.length > 0 ? own : statedAt(document.session, name);
}

/** Every line of that attribute anywhere in the document, in order. */
export function everywhere(document: SdpDocument, name: string): readonly Stated<string>[] {
  return [document.session, ...document.media].flatMap((level) => statedAt(level, name));
}

function readLevel(lines: readonly SdpLine[]): SdpLevel {
  const attributes = new Map<string, Stated<string>[]>();
  const connection: Stated<string>[] = [];
  for (const line of lines) {
    const attribute = attributeOf(line);
    if (attribute !== null) {
      const stated = { line: line.number, value: attribute.value ?? "" };
      const known = attributes.get(attribute.name);
      if (known === undefined) attributes.set(attribute.name, [stated]);
      else known.push(stated);
    } else if (line.text.startsWith("c=")) {
      connection.push({ line: line.number, value: textOf(inner(readFields(line.text), "connection"), "ip") });
    }
  }
  return { lines, connection, attributes };
}

function readMedia(lines: readonly SdpLine[]): SdpMedia {
  const [first, ...rest] = lines;
  const fields = firstOf(readFields(first?.text ?? ""), "media");
  return {
    ...readLevel(rest),
    line: first?.number ?? 0,
    kind: textOf(fields, "type"),
    port: numberOf(fields, "port") ?? 0,
    protocol: textOf(fields, "protocol"),
    formats: textOf(fields, "payloads").split(" "),
  };
}
