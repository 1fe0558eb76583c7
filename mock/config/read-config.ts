import schema from "../../spec/config.schema.json" with { type: "json" };
import { configValidator } from "../../spec/generated/config-validator.js";
import { parsePhone } from "../domain/phone.ts";
import type { NewContact, NewKey, NewNumber } from "../world/additions.ts";
import type { Config } from "./config.ts";
import type { ConfigFile, WrittenNumber } from "./file.ts";
import { makeScripts } from "./make-scripts.ts";
import { readYaml } from "./read-yaml.ts";
import { referenceMistakes } from "./references.ts";

const format = { schema, validator: configValidator.config };

/**
 * Reads a configuration file: scripts of people, numbers, keys, contacts and webhooks. The result is a part of the options of
 * `createSandbox`. It reads no disk: the text is handed in.
 *
 * @param text YAML 1.2, so JSON too
 * @param fileName how errors call the file
 * @throws ConfigError with every mistake, its line and its column (PEOPLE-025)
 * @example createSandbox({ ...readConfig("contacts: { '+5511912345678': { script: reject } }", "people.yaml") })
 */
export function readConfig(text: string, fileName: string): Config {
  const content = readYaml(text, fileName, format, referenceMistakes);
  // A parsed border: the schema has accepted it.
  return configOf((content ?? {}) as ConfigFile);
}

function configOf({ scripts, numbers, keys, contacts, webhooks }: ConfigFile): Config {
  return {
    scripts: makeScripts(scripts ?? {}),
    numbers: (numbers ?? []).map(numberOf),
    keys: Object.entries(keys ?? {}).map(([key, target]) => keyOf(key, target)),
    contacts: Object.entries(contacts ?? {}).map(([phone, known]): NewContact => ({ ...known, phone: phoneOf(phone) })),
    webhooks: webhooks ?? [],
  };
}

function numberOf({ number, allowList, ...rest }: WrittenNumber): NewNumber {
  const reachable = allowList === undefined ? {} : { allowList: allowList.map(phoneOf) };
  return { ...rest, ...reachable, number: phoneOf(number) };
}

function keyOf(key: string, target: string | number): NewKey {
  if (target === "tenant" || target === "unbound") return { key, scope: target };
  return { key, number: phoneOf(target) };
}

function phoneOf(text: string | number): string {
  return parsePhone(String(text)) ?? String(text);
}
