import { expect, it } from "vitest";
import { junitReport } from "../../../contracts/report/junit.ts";

it("writes a JUnit report with its totals, failures and skipped cases", () => {
  const xml = junitReport("contracts", [
    { suite: "dialler", name: "places a call", seconds: 0.0214, failure: null, skipped: null },
    {
      suite: "dialler",
      name: 'handles <138006> & "no"',
      seconds: 0,
      failure: "status 400\nexpected 201",
      skipped: null,
    },
    { suite: "crm", name: "call.ended", seconds: 0, failure: null, skipped: "no receiver" },
  ]);
  expect(xml).toContain('<testsuites name="contracts" tests="3" failures="1" skipped="1" time="0.021">');
  expect(xml).toContain('name="handles &lt;138006&gt; &amp; &quot;no&quot;"');
  expect(xml).toContain('<failure message="status 400">status 400\nexpected 201</failure>');
  expect(xml).toContain('<skipped message="no receiver"/>');
});

it("keeps characters out that XML has no place for", () => {
  const xml = junitReport("run", [{ suite: "s", name: "a\u0000b\u001bc", seconds: 0, failure: null, skipped: null }]);
  expect(xml).toContain('name="a\uFFFDb\uFFFDc"');
});
