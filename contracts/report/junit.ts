/** One line of a JUnit report. */
export interface JunitCase {
  /** What it belongs to: a file, a consumer, a topic. */
  readonly suite: string;
  readonly name: string;
  readonly seconds: number;
  /** Why it failed, or null. The first line is the headline. */
  readonly failure: string | null;
  /** Why it did not run, or null. */
  readonly skipped: string | null;
}

/**
 * Writes a report as CI servers read it.
 *
 * @param name the name of the whole run
 * @returns an XML document
 */
export function junitReport(name: string, cases: readonly JunitCase[]): string {
  const suites = Map.groupBy(cases, ({ suite }) => suite);
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${escaped(name)}" ${totals(cases)}>`,
    ...[...suites].flatMap(([suite, own]) => [
      `  <testsuite name="${escaped(suite)}" ${totals(own)}>`,
      ...own.flatMap(caseLines),
      "  </testsuite>",
    ]),
    "</testsuites>",
  ];
  return `${lines.join("\n")}\n`;
}

function caseLines({ suite, name, seconds, failure, skipped }: JunitCase): string[] {
  const opening = `    <testcase classname="${escaped(suite)}" name="${escaped(name)}" time="${seconds.toFixed(3)}"`;
  if (failure === null && skipped === null) return [`${opening}/>`];
  const inside =
    failure === null
      ? `      <skipped message="${escaped(skipped ?? "")}"/>`
      : `      <failure message="${escaped(failure.split("\n")[0] ?? "")}">${escaped(failure)}</failure>`;
  return [`${opening}>`, inside, "    </testcase>"];
}

function totals(cases: readonly JunitCase[]): string {
  const failures = cases.filter(({ failure }) => failure !== null).length;
  const skipped = cases.filter(({ skipped }) => skipped !== null).length;
  const seconds = cases.reduce((sum, each) => sum + each.seconds, 0);
  return `tests="${cases.length}" failures="${failures}" skipped="${skipped}" time="${seconds.toFixed(3)}"`;
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** A text inside XML 1.0, which has no place for most control characters. */
function escaped(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "\uFFFD")
    .replaceAll(/[&<>"]/g, (character) => entities[character] ?? character);
}
