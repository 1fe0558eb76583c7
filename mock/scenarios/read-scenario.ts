import { scenarioValidator } from "../../spec/generated/scenario-validator.js";
import schema from "../../spec/scenario.schema.json" with { type: "json" };
import { isMap } from "../config/path.ts";
import { readYaml } from "../config/read-yaml.ts";
import { contradictions } from "./contradictions.ts";
import type { Scenario } from "./scenario.ts";

const format = { schema, validator: scenarioValidator.scenario };

/**
 * Reads a scenario of your own. It reads no disk: the text is handed in.
 *
 * @param text YAML 1.2, so JSON too
 * @param fileName how errors call the file
 * @throws ConfigError with every mistake, its line and its column
 * @example runScenario(sandbox, readScenario(await readFile("late.yaml", "utf8"), "late.yaml"), { webhook })
 */
export function readScenario(text: string, fileName: string): Scenario {
  // A parsed border: the schema has accepted it.
  return withTexts(readYaml(text, fileName, format, contradictions)) as Scenario;
}

/** Names whose values are texts, although YAML reads digits without quotes as a number. */
const digits: ReadonlySet<string> = new Set(["phone", "number", "from", "to"]);

function withTexts(value: unknown, name = ""): unknown {
  if (typeof value === "number" && (digits.has(name) || name === "code")) return String(value);
  if (Array.isArray(value)) return value.map((item) => withTexts(item, name === "allowList" ? "phone" : ""));
  // What is sent or compared stays as it was written.
  if (!isMap(value) || name === "body" || name === "fields" || name === "change" || name === "where") return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, withTexts(entry, key)]));
}
