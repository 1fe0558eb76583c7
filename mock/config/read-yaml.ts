import { type Document, LineCounter, parseDocument, visit } from "yaml";
import { ConfigError, type ConfigMistake } from "./config.ts";
import type { Mistake } from "./path.ts";
import { placed, positionOf } from "./places.ts";
import { type FileFormat, shapeMistakes } from "./shape.ts";

/**
 * Reads a YAML file that people write, and refuses it with the place of every mistake.
 *
 * @param text YAML 1.2, so JSON too
 * @param fileName how errors call the file
 * @param beyond what the schema can't say about the content
 * @throws ConfigError with every mistake, its line and its column
 */
export function readYaml(
  text: string,
  fileName: string,
  format: FileFormat,
  beyond: (content: unknown) => readonly Mistake[],
): unknown {
  const lines = new LineCounter();
  const document = parse(text, fileName, lines);
  const content = contentOf(document, fileName);
  const shape = shapeMistakes(content, format);
  const complainedOf = new Set(shape.map(({ path }) => JSON.stringify(path)));
  const further = beyond(content).filter(({ path }) => !complainedOf.has(JSON.stringify(path)));
  refuse(
    fileName,
    [...shape, ...further].map((mistake) => placed(mistake, document, lines)),
  );
  return content;
}

function refuse(fileName: string, mistakes: readonly ConfigMistake[]): void {
  if (mistakes.length === 0) return;
  const inOrder = mistakes.toSorted((left, right) => left.line - right.line || left.column - right.column);
  throw new ConfigError(fileName, inOrder);
}

const remedies: ReadonlyMap<string, string> = new Map([
  ["DUPLICATE_KEY", "This name stands twice in its map. Keep one of them"],
  ["TAB_AS_INDENT", "Lines are indented by a tab. Indent them by spaces"],
  ["MULTIPLE_DOCS", "A second document begins here. Keep one, without a line of ---"],
  ["TAG_RESOLVE_FAILED", "YAML knows no such tag here. Remove it, or put the text into quotes"],
]);

function parse(text: string, fileName: string, lines: LineCounter): Document {
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const problems = [...document.errors, ...document.warnings].map(({ code, message, pos }) => ({
    ...positionOf(pos[0], lines),
    message: `${remedies.get(code) ?? `This is not valid YAML: ${message}. Check the indentation, and put texts with special characters into quotes`}.`,
  }));
  visit(document, {
    Alias: (_, alias) => {
      if (alias.resolve(document) !== undefined) return;
      const message = `*${alias.source} refers to an anchor &${alias.source}, and there is none before it. Add one, or put the text into quotes.`;
      problems.push({ ...positionOf(alias.range?.[0] ?? 0, lines), message });
    },
  });
  // One slip has the parser complain of one place again and again.
  const places = new Map(problems.toReversed().map((problem) => [`${problem.line}:${problem.column}`, problem]));
  refuse(fileName, [...places.values()]);
  return document;
}

function contentOf(document: Document, fileName: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    // A few aliases of aliases can stand for millions of values; the parser stops counting at some point.
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigError(fileName, [{ line: 1, column: 1, message: `The file can't be read: ${reason}.` }]);
  }
}
