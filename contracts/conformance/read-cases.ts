import { readYaml } from "../../mock/config/read-yaml.ts";
import schema from "../../spec/conformance.schema.json" with { type: "json" };
import { conformanceValidator } from "../../spec/generated/conformance-validator.js";
import type { Case, CaseFile } from "./case.ts";
import { contradictions } from "./contradictions.ts";

const format = { schema, validator: conformanceValidator.cases };

/**
 * Reads the cases of a file, one for each provider that a case names.
 *
 * @param text YAML 1.2
 * @param fileName how errors and results call the file, such as `calls/listing.yaml`
 * @throws ConfigError with every mistake, its line and its column
 * @example readCases(await readFile("my.yaml", "utf8"), "my.yaml")
 */
export function readCases(text: string, fileName: string): readonly Case[] {
  // A parsed border: the schema has accepted it.
  const { topic, providers: usual, cases } = readYaml(text, fileName, format, contradictions) as CaseFile;
  return cases.flatMap(({ title, behaviours, providers = usual, world = {}, steps }) =>
    providers.map((provider) => ({
      id: `${fileName}: ${title} [${provider}]`,
      file: fileName,
      topic,
      title,
      provider,
      behaviours,
      world,
      steps,
    })),
  );
}
