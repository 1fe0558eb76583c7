import { type Finding, type Place, type Summary, sideOf } from "../../../../contracts/proxy/index.ts";

/** Departures at one place that are told one by one; the others are only counted, so that a log stays readable. */
const mostTold = 100;

/**
 * One line for each departure of an exchange.
 *
 * @param seen how often each of them has been seen at its place
 * @example "service  GET /v1/calls  response calls[0].status: must be one of …"
 */
export function departureLines(finding: Finding, seen: readonly number[]): readonly string[] {
  const path = finding.target.split("?")[0] ?? "";
  return finding.departures.flatMap((departure, index) => {
    const count = seen[index] ?? 1;
    if (count > mostTold) return [];
    const place = `${departure.in}${departure.path === "" ? "" : ` ${departure.path}`}`;
    const line = `${sideOf(departure).padEnd(7)}  ${finding.method} ${path}  ${place}: ${departure.message}`;
    return count === mostTold ? [line, "         (from here on, this place is only counted)"] : [line];
  });
}

/** What is said at the end. */
export function summaryText({ requests, passedThrough, notJudged, departures, places }: Summary): string {
  const { client, service } = departures;
  const others = passedThrough === 0 ? "" : `, and ${passedThrough} to other paths`;
  const total =
    client + service === 0
      ? "No departures."
      : `${counted(client + service, "departure")}: ${client} of the client, ${service} of the service.`;
  return [
    "",
    // Of nothing it can't be said that it kept to the document.
    `${counted(requests, "request")} to the Calls API${others}.${requests === 0 ? "" : ` ${total}`}`,
    ...places.map(placeLine),
    ...Object.entries(notJudged).map(([why, count]) => `  ${count} not judged in full: ${why}`),
  ].join("\n");
}

/** A number with its noun, as in "1 request" and "2 requests". */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function placeLine({ in: side, operation, path, message, count }: Place): string {
  const place = [operation ?? "no operation", path].filter((part) => part !== "").join(" ");
  return `  ${String(count).padStart(5)} × ${side.padEnd(7)}  ${place}: ${message}`;
}
