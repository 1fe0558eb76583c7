import { curlLine } from "../../report/curl.ts";
import type { Provider } from "../case.ts";
import type { Coverage } from "../coverage.ts";
import type { LedgerEntry } from "../ledger.ts";
import type { CaseResult, Outcome } from "../result.ts";
import type { ConformanceRun, RunTarget } from "../run.ts";
import { pageScript, pageStyle } from "./page.ts";

/** What the page is made of. */
export interface HtmlReport {
  readonly run: ConformanceRun;
  readonly ledger: readonly LedgerEntry[];
  readonly coverage: Coverage;
}

const providers: readonly Provider[] = ["META", "EVO_GO"];

/** Where `npm start` serves: the place to repeat a request whose own sandbox is gone. */
const usualSandbox = "http://127.0.0.1:4010";

/**
 * A run as one page that needs nothing else: behaviour by provider, certainty and result, and behind each failure the
 * exchange and a line to repeat it.
 */
export function htmlReport({ run, ledger, coverage }: HtmlReport): string {
  const { counts, target, at } = run;
  const failures = run.results.filter(({ outcome }) => outcome === "failed");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Conformance: ${counts.failed === 0 ? "no departures" : `${counts.failed} failed`}</title>
<style>${pageStyle}</style>
</head>
<body>
<header>
<h1>Conformance of the Calls API</h1>
<p>${target.url === null ? "A sandbox of its own" : `${target.kind === "sandbox" ? "A sandbox" : "A live service"} at <code>${escaped(target.url)}</code>`}, ${escaped(at)}.
calls-sandbox ${escaped(run.version)}, document ${escaped(run.specVersion)}.</p>
<ul class="totals">
${(["passed", "failed", "skipped"] as const).map((outcome) => `<li class="${outcome}"><b>${counts[outcome]}</b> ${outcome}</li>`).join("\n")}
<li><b>${coverage.shown.length}</b> of ${coverage.total} ledger entries have a case</li>
</ul>
</header>
<main>
${failures.length === 0 ? "" : `<section><h2>What failed</h2>\n${failures.map((each, index) => failed(each, run, index < openAtFirst)).join("\n")}\n</section>`}
<section>
<h2>Behaviours</h2>
<p><label>Show <input id="filter" type="search" placeholder="META-PERM, assumed, failed …"></label></p>
${areas(ledger, run.results, coverage)}
</section>
</main>
<script>${pageScript}</script>
</body>
</html>
`;
}

/** That many failures are unfolded; of more, the headlines tell more than the whole. */
const openAtFirst = 3;

function failed({ id, behaviours, failure }: CaseResult, { target }: ConformanceRun, open: boolean): string {
  if (failure === null) return "";
  const { step, message, mismatches, exchange } = failure;
  const rows = mismatches.map(
    ({ path, expected, actual }) =>
      `<tr><td><code>${escaped(path === "" ? "the body" : path)}</code></td><td><code>${escaped(expected)}</code></td><td><code>${escaped(actual)}</code></td></tr>`,
  );
  const table =
    rows.length === 0 ? "" : `<table><tr><th>Where</th><th>Expected</th><th>Was</th></tr>${rows.join("")}</table>`;
  return `<details class="failed"${open ? " open" : ""}>
<summary>${escaped(id)} <small>${behaviours.map(escaped).join(", ")}</small></summary>
<p><b>${escaped(step)}</b>: ${escaped(message)}</p>
${table}
${exchange === null ? "" : exchangeText(exchange, target)}
</details>`;
}

function exchangeText(
  { request, response }: NonNullable<NonNullable<CaseResult["failure"]>["exchange"]>,
  target: RunTarget,
): string {
  const curl = curlLine(
    request,
    target.url?.replace(/(\/api)?\/v1\/?$/, "") ?? usualSandbox,
    repeatKey(request.headers["x-api-key"] ?? "", target.kind),
  );
  const answered = [
    `HTTP ${response.status}`,
    ...Object.entries(response.headers).map(([name, value]) => `${name}: ${value}`),
  ];
  return `<pre>${escaped(curl)}</pre>
<pre>${escaped(answered.join("\n"))}

${escaped(pretty(response.body ?? ""))}</pre>`;
}

/** The world of a case is gone after it, but its keys have twins in the world that every sandbox starts with. */
function repeatKey(key: string, kind: RunTarget["kind"]): string {
  if (kind === "live") return "$API_KEY";
  const name = /_(meta_low_tier|evo_offline|meta|evo|other|tenant|unbound)$/.exec(key)?.[1];
  return name === undefined ? key : `ps_sandbox_${name}`;
}

function areas(ledger: readonly LedgerEntry[], results: readonly CaseResult[], { unseen }: Coverage): string {
  const byBehaviour = new Map<string, CaseResult[]>();
  for (const result of results) {
    for (const id of result.behaviours) byBehaviour.set(id, [...(byBehaviour.get(id) ?? []), result]);
  }
  return [...Map.groupBy(ledger, ({ area }) => area)]
    .map(([area, entries]) => {
      const rows = entries.map((entry) => row(entry, byBehaviour.get(entry.id) ?? [], unseen.get(entry.id) ?? null));
      const played = entries.filter(({ id }) => byBehaviour.has(id)).length;
      return `<details class="area"><summary>${escaped(area)} <small>${played} of ${entries.length} played</small></summary>
<table><tr><th>Entry</th><th>Behaviour</th><th>Certainty</th>${providers.map((name) => `<th>${name}</th>`).join("")}</tr>
${rows.join("\n")}
</table></details>`;
    })
    .join("\n");
}

function row(
  { id, behaviour, source, certainty }: LedgerEntry,
  results: readonly CaseResult[],
  unseen: string | null,
): string {
  const cells = providers.map((provider) => cell(results.filter((result) => result.provider === provider)));
  const why = results.length === 0 && unseen !== null ? `<br><small>No case: ${escaped(unseen)}</small>` : "";
  return `<tr><td><code>${escaped(id)}</code></td><td>${escaped(behaviour)}${why}</td><td title="${escaped(source)}">${escaped(certainty)}</td>${cells.join("")}</tr>`;
}

/** One failure outweighs everything, and something played outweighs what was skipped. */
function cell(results: readonly CaseResult[]): string {
  const outcome = (["failed", "passed", "skipped"] as const satisfies readonly Outcome[]).find((each) =>
    results.some((result) => result.outcome === each),
  );
  if (outcome === undefined) return '<td class="none">–</td>';
  const titles = results.map(({ title, skipped }) => (skipped === null ? title : `${title} (${skipped})`)).join("\n");
  return `<td class="${outcome}" title="${escaped(titles)}">${outcome}</td>`;
}

function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function escaped(text: string): string {
  return text.replaceAll(/[&<>"]/g, (character) => entities[character] ?? character);
}
