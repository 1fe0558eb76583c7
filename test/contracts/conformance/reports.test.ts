import { describe, expect, it } from "vitest";
import type { Coverage } from "../../../contracts/conformance/coverage.ts";
import { compareRuns, comparisonText } from "../../../contracts/conformance/report/compare.ts";
import { htmlReport } from "../../../contracts/conformance/report/html.ts";
import { conformanceJunit } from "../../../contracts/conformance/report/junit.ts";
import { caseLines, conclusion, introduction } from "../../../contracts/conformance/report/terminal.ts";
import { failing, result, run } from "./results.ts";

const skipped = (title: string) => result(title, { outcome: "skipped", skipped: "needs --evo-key" });

describe("CONF-014: the comparison of two runs", () => {
  it("names what broke, what was mended, and what is skipped, new or gone", () => {
    const before = run([result("a"), failing("b"), result("c"), result("d"), failing("e"), skipped("f")]);
    const after = run([
      failing("a"),
      result("b"),
      skipped("c"),
      result("n"),
      failing("e", "step 2, call"),
      result("f"),
    ]);
    const titles = Object.fromEntries(
      Object.entries(compareRuns(before, after)).map(([name, list]) => [
        name,
        (list as readonly { title: string }[]).map(({ title }) => title),
      ]),
    );
    expect(titles).toEqual({
      broken: ["a"],
      mended: ["b"],
      otherwise: ["e"],
      nowSkipped: ["c"],
      nowPlayed: ["f"],
      added: ["n"],
      removed: ["d"],
    });
  });

  it("says so when nothing differs", () => {
    const same = run([result("a"), failing("b")]);
    expect(comparisonText(compareRuns(same, same))).toBe("Nothing differs between the two runs.");
  });

  it("shows why", () => {
    const text = comparisonText(compareRuns(run([result("a")]), run([failing("a")])));
    expect(text).toContain("Passed before, fail now (1):\n  f.yaml: a [META]\n      GET /v1/calls was answered 500");
  });
});

describe("a case on the terminal", () => {
  it("is one line, and a few more when it failed", () => {
    expect(caseLines(result("works"))).toBe("ok    META    f.yaml: works");
    expect(caseLines(skipped("waits"))).toBe("skip  META    f.yaml: waits (needs --evo-key)");
    expect(caseLines(failing("fails")).split("\n")).toEqual([
      "FAIL  META    f.yaml: fails",
      "        step 1, send: GET /v1/calls: GET /v1/calls was answered 500 in place of 200.",
      '          calls[0].status: expected "RINGING", but was null',
    ]);
  });

  it("is introduced by whom it is played against", () => {
    const sandbox = {
      kind: "sandbox",
      url: "http://x",
      timeoutMs: 1,
      controlUrl: "",
      controlToken: null,
      secrets: null,
    } as const;
    expect(introduction(sandbox, true)).toBe("Against a sandbox of its own.");
    expect(introduction(sandbox, false)).toBe("Against the sandbox at http://x.");
    const live = {
      kind: "live",
      url: "https://y",
      timeoutMs: 1,
      keys: { meta: "ps_secret" },
      requestsPerSecond: 5,
    } as const;
    expect(introduction({ ...live, allowCalls: null, allowChanges: false }, false)).toBe(
      "Against the live service at https://y, with the keys meta: no phone may ring, nothing may change.",
    );
    expect(introduction({ ...live, allowCalls: "5511", allowChanges: true }, false)).toContain(
      "+5511 may ring, settings and webhooks may change",
    );
  });

  it("is counted at the end, with the reasons of what was skipped", () => {
    const text = conclusion(run([result("a"), failing("b"), skipped("c"), skipped("d")]), 1.25);
    expect(text).toContain("2 skipped: needs --evo-key");
    expect(text).toContain("1 passed, 1 failed, 2 skipped");
  });
});

it("CONF-019: the JUnit report has a case for each, with failures and reasons", () => {
  const xml = conformanceJunit(run([result("a"), failing("b"), skipped("c")]));
  expect(xml).toContain('tests="3" failures="1" skipped="1"');
  expect(xml).toContain('<testcase classname="f.yaml" name="a [META]" time="0.012"/>');
  expect(xml).toContain('<skipped message="needs --evo-key"/>');
});

describe("CONF-018: the HTML report", () => {
  const coverage: Coverage = {
    total: 2,
    shown: ["CALL-001"],
    unseen: new Map([["CTRL-001", "It is the sandbox's own."]]),
    missing: [],
    contradicted: [],
    unknown: [],
  };
  const ledger = [
    { id: "CALL-001", area: "CALL", behaviour: "A call <starts>.", source: "seed §3", certainty: "documented" },
    { id: "CTRL-001", area: "CTRL", behaviour: "A world is made.", source: "assumption", certainty: "assumed" },
  ];
  const html = htmlReport({ run: run([failing("b")]), ledger, coverage });

  it("loads nothing", () => {
    expect(html).not.toMatch(/(?:src|href)=|@import|url\(/);
  });

  it("shows each behaviour with its certainty and result, or why it has none", () => {
    expect(html).toContain("A call &lt;starts&gt;.");
    expect(html).toContain('<td title="seed §3">documented</td>');
    expect(html).toMatch(/<td class="failed" title="b">failed<\/td>/);
    expect(html).toContain("No case: It is the sandbox's own.");
  });

  it("holds the exchange behind a failure, and a line to repeat it with a key that still works", () => {
    expect(html).toContain(
      `curl -i -X POST 'http://127.0.0.1:4010/v1/calls' -H &quot;x-api-key: ps_sandbox_meta&quot; -H 'content-type: application/json' --data-raw '{&quot;to&quot;:&quot;it'\\''s&quot;}'`,
    );
    expect(html).toContain("&lt;b&gt;no&lt;/b&gt;");
    expect(html).not.toContain("<b>no</b>");
  });
});
