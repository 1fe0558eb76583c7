import type { Outcome, Scenario, ScenarioResult, ScenarioStart, StepResult } from "../../../scenarios/index.ts";

/** The list of scenarios, one line each. */
export function scenarioList(scenarios: readonly Scenario[], json: boolean): string {
  if (json) {
    return JSON.stringify(scenarios.map(({ name, bug, about, correct }) => ({ name, bug, about, correct })));
  }
  const width = Math.max(...scenarios.map(({ name }) => name.length));
  const rows = scenarios.map(({ name, bug, about }) => `${String(bug).padStart(2)}  ${name.padEnd(width)}  ${about}`);
  return [...rows, "", "Play one with calls-sandbox scenarios run <name> --webhook <address of your receiver>."].join(
    "\n",
  );
}

/** What is said before the first step. */
export function introduction(
  { name, bug, about, correct }: Scenario,
  { world, keys }: ScenarioStart,
  hasClient: boolean,
): string {
  return [
    `${name}${bug === undefined ? "" : ` (bug ${bug})`}: ${about}`,
    `A correct client: ${correct}`,
    hasClient
      ? `Your client's keys in the world ${world}: ${keys.meta} (META), ${keys.evo} (EVO_GO).`
      : `No --webhook and no --client: the scenario stands in for your client, in the world ${world}.`,
    "",
  ].join("\n");
}

const marks: Readonly<Record<Outcome, string>> = { done: "·", pass: "PASS", fail: "FAIL", look: "LOOK", skipped: "-" };

export function stepLine({ outcome, text }: StepResult): string {
  return `  ${marks[outcome].padEnd(4)} ${outcome === "look" ? `yourself: ${text}` : text}`;
}

export function conclusion({ verdict, steps }: ScenarioResult): string {
  const count = (outcome: Outcome) => steps.filter((step) => step.outcome === outcome).length;
  if (verdict === "fail") return `\nFAIL: ${count("fail")} of ${steps.length} steps.`;
  const looks = count("look");
  const rest = looks === 0 ? "" : `, and ${looks === 1 ? "one thing" : `${looks} things`} to look at yourself`;
  return `\n${verdict === "look" && count("pass") === 0 ? "LOOK" : "PASS"}: ${count("pass")} expectations met${rest}.`;
}
