export { ConfigError, type ConfigMistake } from "../config/config.ts";
export { scenarios } from "./built-in/index.ts";
export type {
  Asked,
  Outcome,
  Question,
  ScenarioOptions,
  ScenarioResult,
  ScenarioStart,
  StepResult,
} from "./options.ts";
export { readScenario } from "./read-scenario.ts";
export { runScenario } from "./run-scenario.ts";
export type { Scenario, Step, StepKind } from "./scenario.ts";
export type { ScenarioTarget } from "./target.ts";
