import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ScriptError } from "../lib/script.ts";
import { behaviourIdsModule } from "./behaviour-ids.ts";
import { bundleDocument } from "./bundle.ts";
import type { OpenApiDocument } from "./document.ts";
import { errorCodesModule } from "./error-codes.ts";
import { errorsPage } from "./errors-page.ts";
import { expectationsModule } from "./expectations.ts";
import { fileDocument } from "./file-document.ts";
import { operationsModule } from "./operations.ts";
import { referencePage } from "./reference.ts";
import { statesPage } from "./states-page.ts";
import { headline, jsonWithHeadline } from "./text.ts";
import { typesOf } from "./types.ts";
import {
  apiValidatorFiles,
  configValidatorFiles,
  conformanceValidatorFiles,
  controlValidatorFiles,
  scenarioValidatorFiles,
  type ValidatorFile,
} from "./validator-files.ts";
import { validatorsDeclaration, validatorsModule, validatorTypesModule } from "./validators.ts";

const apiSource = "spec/openapi.yaml";
const controlSource = "spec/control.yaml";
const configSource = "spec/config.schema.json";
const scenarioSource = "spec/scenario.schema.json";
const conformanceSource = "spec/conformance.schema.json";
const ledgerSource = "spec/behaviours.yaml";
const bothSources = `${apiSource} and ${controlSource}`;

/** The folder that belongs to the generator alone: whatever else stands there is stale. */
export const generatedFolder = "spec/generated";

async function validatorFiles(
  source: string,
  document: OpenApiDocument,
  files: readonly ValidatorFile[],
): Promise<[string, string][]> {
  const made = files.map(
    async (file): Promise<[string, string][]> => [
      [`${generatedFolder}/${file.name}.js`, await validatorsModule(source, document, file)],
      [`${generatedFolder}/${file.name}.d.ts`, validatorsDeclaration(source, file)],
    ],
  );
  return (await Promise.all(made)).flat();
}

async function documentFiles(
  name: string,
  source: string,
  document: OpenApiDocument,
  validators: readonly ValidatorFile[],
): Promise<[string, string][]> {
  return [
    [`${generatedFolder}/${name}.json`, jsonWithHeadline(source, document)],
    [`${generatedFolder}/${name}.ts`, headline(source) + (await typesOf(document))],
    ...(await validatorFiles(source, document, validators)),
  ];
}

/**
 * Makes everything that follows from the spec, in memory.
 * @param folder the folder that holds `spec/`
 * @returns path (from that folder) → content, sorted by path
 * @throws ScriptError when the spec is incomplete or contradicts itself
 */
export async function generateAll(folder: string): Promise<ReadonlyMap<string, string>> {
  try {
    const ledger = await readFile(join(folder, ledgerSource), "utf8");
    const api = await bundleDocument(join(folder, apiSource));
    const control = await bundleDocument(join(folder, controlSource));
    const config = fileDocument(await readFile(join(folder, configSource), "utf8"));
    const scenario = fileDocument(await readFile(join(folder, scenarioSource), "utf8"));
    const conformance = fileDocument(await readFile(join(folder, conformanceSource), "utf8"));
    const files: [string, string][] = [
      ...(await documentFiles("openapi", apiSource, api, apiValidatorFiles(api))),
      ...(await documentFiles("control", controlSource, control, controlValidatorFiles(control))),
      ...(await validatorFiles(configSource, config, configValidatorFiles)),
      ...(await validatorFiles(scenarioSource, scenario, scenarioValidatorFiles)),
      ...(await validatorFiles(conformanceSource, conformance, conformanceValidatorFiles)),
      [`${generatedFolder}/validator.ts`, validatorTypesModule(bothSources)],
      [`${generatedFolder}/operations.ts`, operationsModule(bothSources, api, control)],
      [`${generatedFolder}/expectations.ts`, expectationsModule(bothSources, [api, control])],
      [`${generatedFolder}/error-codes.ts`, errorCodesModule(bothSources, [api, control])],
      [`${generatedFolder}/behaviour-ids.ts`, behaviourIdsModule(ledgerSource, ledger)],
      ["docs/api-reference.md", referencePage(bothSources, api, control)],
      [
        "docs/errors.md",
        errorsPage(`${bothSources}, statuses and Meta's numbers from mock/domain/refusals/`, api, control),
      ],
      ["docs/provider-states.md", statesPage("mock/pact/states/")],
    ];
    return new Map(files.sort(([left], [right]) => (left < right ? -1 : 1)));
  } catch (error) {
    if (error instanceof ScriptError) throw error;
    throw new ScriptError(
      `the spec cannot be generated from: ${error instanceof Error ? error.message : error}`,
      "mend the spec",
    );
  }
}
