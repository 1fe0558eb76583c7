import { describe, expect, it } from "vitest";
import { readCases } from "../../../contracts/conformance/read-cases.ts";
import { ConfigError } from "../../../mock/config/config.ts";

const file = (steps: string, more = "") => `topic: T
providers: [META, EVO_GO]
cases:
  - title: one
    behaviours: [CALL-001]
${more}    steps:
${steps}
`;

const good = "      - { send: GET /v1/calls, expect: { status: 200 } }";

/** The mistakes of a file, as `line: message`. */
function mistakes(text: string): string {
  try {
    readCases(text, "mine.yaml");
    return "none";
  } catch (error) {
    return error instanceof ConfigError ? error.message : String(error);
  }
}

describe("a case file", () => {
  it("becomes one case for each provider", () => {
    expect(readCases(file(good), "a/b.yaml").map(({ id }) => id)).toEqual([
      "a/b.yaml: one [META]",
      "a/b.yaml: one [EVO_GO]",
    ]);
    expect(readCases(file(good, "    providers: [EVO_GO]\n"), "f.yaml")).toHaveLength(1);
  });

  it.each<[string, string, string]>([
    ["a step without a kind", "      - { key: meta }", "mine.yaml:7:9 cases[0].steps[0] must have exactly one of send"],
    ["a request without an expectation", "      - { send: GET /v1/calls }", "lacks expect, which send needs"],
    ["a part of another kind", "      - { advance: 5s, key: meta }", "steps[0].key doesn't go with advance"],
    ["a misspelt status", "      - { send: GET /v1/calls, expect: { statsu: 200 } }", "Did you mean status?"],
    ["a name that nothing captures", '      - { send: "GET /v1/calls/{id}", expect: { status: 200 } }', "uses {id}"],
    [
      "a matcher that there isn't",
      "      - { send: GET /v1/calls, expect: { status: 200, body: <instnat> } }",
      "instant",
    ],
    ["a pattern that is none", "      - { send: GET /v1/calls, expect: { status: 200, body: /(/ } }", "is no pattern"],
    ["an unknown control operation", "      - { control: putContat }", "Did you mean putContact?"],
    ["a duration that is none", "      - { advance: soon }", "must be a duration"],
    [
      "a misspelt action of a call",
      '      - { call: { direction: INBOUND, state: RINGING } }\n      - { send: "POST /v1/calls/{callId}/acept", expect: { status: 200 } }',
      "Did you mean accept?",
    ],
  ])("CONF-012: with %s is refused with line and remedy", (_, steps, message) => {
    expect(mistakes(file(steps))).toContain(message);
  });

  it("CONF-012: with a misspelt field is told of once, by what was meant", () => {
    const titel = mistakes(file(good).replace("title:", "titel:"));
    expect(titel).toBe('mine.yaml has a mistake:\n  mine.yaml:4:5 cases[0] has no field "titel". Did you mean title?');
    const field = (name: string) => `mine.yaml has a mistake:\n  mine.yaml:7:${name}`;
    const expct = mistakes(file("      - { send: GET /v1/calls, expct: { status: 200 } }"));
    expect(expct).toBe(field('32 cases[0].steps[0] has no field "expct". Did you mean expect?'));
    const snd = mistakes(file("      - { snd: GET /v1/calls, expect: { status: 200 } }"));
    expect(snd).toBe(field('11 cases[0].steps[0] has no field "snd". Did you mean send?'));
  });

  it("CONF-012: with a field that is like none is told the kinds of steps, and nothing else", () => {
    const [, kinds = "none"] = /exactly one of (.*), but has/.exec(mistakes(file("      - { key: meta }"))) ?? [];
    expect(kinds).toContain("sdpLines, wacid, repeat");
    expect(mistakes(file("      - { zzz: 1 }"))).toContain(`has no field "zzz". It can have ${kinds}.`);
  });

  it("CONF-012: with a control operation that is like none is told where they stand", () => {
    const message = mistakes(file("      - { control: notAnOperation }"));
    expect(message).toContain("there is no such operation. All of them: docs/api-reference.md#control-api.");
  });

  it("CONF-012: with an id that is not in the ledger is refused", () => {
    expect(mistakes(file(good).replace("CALL-001", "CALL-999"))).toContain("not in the ledger");
  });

  it("CONF-012: with one title twice is refused", () => {
    const twice = file(good) + file(good).split("cases:\n")[1];
    expect(mistakes(twice)).toContain("stands twice");
  });
});
