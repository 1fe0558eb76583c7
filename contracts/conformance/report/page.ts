// What the page of a run looks like, and the few lines that make its filter work. Both are put into the page itself.

export const pageStyle = `
:root { color-scheme: light dark; --ink: #1d2330; --paper: #fff; --soft: #f3f5f8; --line: #d8dde6; --good: #17703c;
  --bad: #b3261e; --dim: #6a7280; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ef; --paper: #14171d; --soft: #1e232c; --line: #343b48;
  --good: #5fce8c; --bad: #ff8a80; --dim: #98a1b1; } }
body { margin: 0 auto; max-width: 76rem; padding: 2rem 1.25rem 4rem; font: 16px/1.5 system-ui, sans-serif;
  color: var(--ink); background: var(--paper); }
h1 { font-size: 1.6rem; margin: 0; } h2 { font-size: 1.15rem; margin: 2rem 0 .75rem; }
code, pre { font: 13px/1.45 ui-monospace, monospace; overflow-wrap: anywhere; }
pre { background: var(--soft); padding: .75rem 1rem; border-radius: 6px; white-space: pre-wrap; }
.totals { list-style: none; display: flex; flex-wrap: wrap; gap: .75rem; padding: 0; }
.totals li { background: var(--soft); border-radius: 6px; padding: .5rem 1rem; } .totals b { font-size: 1.3rem; }
details { border: 1px solid var(--line); border-radius: 6px; margin: .5rem 0; padding: .5rem 1rem; }
details.failed { border-left: 4px solid var(--bad); }
summary { cursor: pointer; font-weight: 600; } small { color: var(--dim); font-weight: 400; }
table { border-collapse: collapse; width: 100%; margin: .75rem 0; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border-top: 1px solid var(--line); }
th { color: var(--dim); font-weight: 500; font-size: .85rem; }
.passed { color: var(--good); } .failed { color: var(--bad); } .skipped, .none { color: var(--dim); }
details.failed > * { color: var(--ink); } details.failed > summary { color: var(--bad); }
td:first-child code { white-space: nowrap; }
input { font: inherit; padding: .3rem .6rem; min-width: 20rem; border: 1px solid var(--line); border-radius: 6px;
  background: var(--paper); color: var(--ink); }
`;

export const pageScript = `
const filter = document.getElementById("filter");
filter.addEventListener("input", () => {
  const words = filter.value.toLowerCase().split(/\\s+/).filter(Boolean);
  for (const area of document.querySelectorAll("details.area")) {
    let shown = 0;
    for (const row of area.querySelectorAll("tr:not(:first-child)")) {
      const fits = words.every((word) => row.textContent.toLowerCase().includes(word));
      row.hidden = !fits;
      if (fits) shown++;
    }
    area.hidden = shown === 0;
    area.open = words.length > 0 && shown > 0;
  }
});
`;
