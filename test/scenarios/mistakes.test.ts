import { expect, test } from "vitest";
import { ConfigError, readScenario } from "../../mock/scenarios/index.ts";

const head = "name: mine\nabout: It happens.\ncorrect: Takes it.\nsteps:\n";

function errorOf(text: string): ConfigError {
  try {
    readScenario(text, "mine.yaml");
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  return expect.fail(`no mistake was found in\n${text}`);
}

/** ▸ marks the place that must be named. */
function expectMistake(marked: string, message: string): void {
  const before = marked.slice(0, marked.indexOf("▸")).split("\n");
  const place = { line: before.length, column: (before.at(-1) ?? "").length + 1 };
  expect(errorOf(marked.replace("▸", "")).mistakes).toEqual([{ ...place, message }]);
}

test.each([
  ["  - ▸advanse: 20s", /^steps\[0\] has no field "advanse"\. Did you mean advance\? It can have say, contact, /],
  ["  - advance: ▸20", /^steps\[0\]\.advance must be a duration .*, but was 20\. Write 20s for seconds\.$/],
  ["  - say: hello\n  - ▸{ advance: 1s, wait: 1s }", /^steps\[1\] must be a map with one step, such as/],
  ["  - ▸{}", /^steps\[0\] must be a map with one step, such as/],
  ["  - inboundCall: ▸{ to: +551140000001 }", /^steps\[0\]\.inboundCall lacks from\. Add it: a phone number/],
  ["  - inboundCall: { from: ▸123 }", /^steps\[0\]\.inboundCall\.from must be a phone number of 8 to 15 digits/],
  ["  - person: { action: ▸anser }", /^steps\[0\]\.person\.action must be one of .*\. Did you mean answer\?$/],
  [
    "  - expectRequest: { operation: ▸acceptcall }",
    /^steps\[0\]\.expectRequest\.operation must be an operationId .* Did you mean acceptCall\?$/,
  ],
  ["  - expectDelivery: { event: ▸call.started }", /^steps\[0\]\.expectDelivery\.event must be one of call\.ringing, /],
  [
    "  - expectDelivery: { event: calls, fields: { ▸calls..status: x } }",
    /^The name "calls\.\.status" under steps\[0\]\.expectDelivery\.fields must be a path such as calls\[0\]\.status\./,
  ],
])("CTRL-077: a mistake in the shape of a step is named with its place: %j", (step, message) => {
  const marked = head + step;
  const before = marked.slice(0, marked.indexOf("▸")).split("\n");
  const place = { line: before.length, column: (before.at(-1) ?? "").length + 1 };
  expect(errorOf(marked.replace("▸", "")).mistakes).toEqual([{ ...place, message: expect.stringMatching(message) }]);
});

test.each([
  [
    "  - fault: { target: { event: calls }, effect: { type: ▸latency, ms: 5 } }",
    "steps[0].fault.effect.type is latency, which only happens to requests, and the target is webhooks.",
  ],
  [
    "  - fault: { target: { operation: ▸startCal }, effect: { type: reset } }",
    expect.stringMatching(/^steps\[0\]\.fault\.target\.operation must be one of \*, /),
  ],
  [
    "  - fault:\n      target: { event: calls }\n      effect: { type: reorder, share: ▸0.5 }",
    expect.stringMatching(/^steps\[0\]\.fault\.effect\.share can't be set with the type reorder/),
  ],
  [
    "  - request: { method: GET, path: ▸'/calls/{call}' }",
    "steps[0].request.path uses {call}, which no step before it captures. Did you mean callId? There are callId, externalCallId.",
  ],
  [
    "  - request: { method: GET, path: /calls, capture: { first: 'calls[0].id' } }\n  - request: { method: GET, path: ▸'/calls/{firts}' }",
    "steps[1].request.path uses {firts}, which no step before it captures. Did you mean first? There are callId, externalCallId, first.",
  ],
  [
    "  - person: { action: hang-up, ▸code: 138020 }",
    "steps[0].person.code doesn't go with action: hang-up. Remove it.",
  ],
  ["  - person: ▸{ action: speak }", "steps[0].person lacks pattern, which action: speak needs. Add it."],
  [
    "  - expectRequest: { operation: acceptCall, never: true, ▸atMost: 2 }",
    "steps[0].expectRequest.atMost can't stand beside never. Remove one of them.",
  ],
  ["  - wait: ▸1h", 'steps[0].wait must be at most 10m, but was "1h".'],
  ["  - advance: ▸400d", 'steps[0].advance must be at most 365d, but was "400d".'],
])("CTRL-077: a contradiction is named with its place: %j", (step, message) => expectMistake(head + step, message));

test("on a real clock nobody waits for a day", () => {
  expectMistake(
    `clock: real\n${head}  - advance: ▸24h`,
    'steps[0].advance must be at most 10m on a real clock, but was "24h".',
  );
});

test.each([
  ["▸about: x\ncorrect: y\nsteps: [{ say: x }]", /^The file lacks name\. Add it: a name in lower case with hyphens/],
  ["name: ▸My Scenario\nabout: x\ncorrect: y\nsteps: [{ say: x }]", /^name must be a name in lower case with hyphens/],
  ["name: x\nabout: x\ncorrect: y\nsteps: ▸[]", /^steps must be a list of 1 to 200 steps/],
  [
    "name: x\nabout: x\ncorrect: y\n▸step: []\nsteps: [{ say: x }]",
    /^The file has no section "step"\. Did you mean steps\?/,
  ],
  ["▸- say: x", /^The file must be a map with name, about, correct and steps, but was a list\.$/],
])("CTRL-077: a mistake at the top is named with its place: %j", (marked, message) => {
  const before = marked.slice(0, marked.indexOf("▸")).split("\n");
  const place = { line: before.length, column: (before.at(-1) ?? "").length + 1 };
  expect(errorOf(marked.replace("▸", "")).mistakes).toContainEqual({
    ...place,
    message: expect.stringMatching(message),
  });
});

test("several mistakes are told at once, each as file, line and column", () => {
  const { message } = errorOf(`${head}  - advance: 20\n  - person: { action: speak }\n`);
  expect(message.split("\n")).toEqual([
    "mine.yaml has 2 mistakes:",
    expect.stringMatching(/^ {2}mine\.yaml:5:14 steps\[0\]\.advance must be a duration/),
    "  mine.yaml:6:13 steps[1].person lacks pattern, which action: speak needs. Add it.",
  ]);
});
