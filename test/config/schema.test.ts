import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { readConfig } from "../../mock/config/index.ts";
import { builtInScripts } from "../../mock/people/built-in-scripts.ts";
import schema from "../../spec/config.schema.json" with { type: "json" };
import control from "../../spec/generated/control.json" with { type: "json" };

const project = (file: string) => readFile(new URL(`../../${file}`, import.meta.url), "utf8");
const { AddNumberBody, ContactBody, NumberLimitsChange, PersonAction, PersonActionBody } = control.components.schemas;
const { $defs } = schema;

/** Names of fields, without those that only a file has. */
const names = (properties: object, ...own: string[]) => Object.keys(properties).filter((name) => !own.includes(name));

test("the file takes the fields that the control API takes", () => {
  expect(names($defs.number.properties, "key")).toEqual(names(AddNumberBody.properties));
  expect(names($defs.contact.properties)).toEqual(names(ContactBody.properties));
  expect(names($defs.limits.properties)).toEqual(names(NumberLimitsChange.properties));
  expect(names($defs.step.properties, "after", "do")).toEqual(names(PersonActionBody.properties, "action"));
  expect($defs.step.properties.do.enum).toEqual(PersonAction.enum);
});

test("limits have the same lowest values as in the control API", () => {
  const lowest = Object.entries(NumberLimitsChange.properties).map(([name, field]) => [
    name,
    "minimum" in field ? field.minimum : null,
  ]);
  const counts: Record<string, number> = { "#/$defs/count": 0, "#/$defs/countFromOne": 1 };
  const here = Object.entries($defs.limits.properties).map(([name, field]) => [
    name,
    "$ref" in field ? counts[field.$ref] : null,
  ]);
  expect(here).toEqual(lowest);
});

test("examples/sandbox.yaml is read without a mistake", async () => {
  const config = readConfig(await project("examples/sandbox.yaml"), "sandbox.yaml");
  expect(config.scripts.map(({ name, about }) => [name, about.endsWith(".")])).toEqual([
    ["busy-cook", true],
    ["menu-user", true],
    ["bad-line", true],
    ["impatient", true],
    ["private", true],
  ]);
  expect(config.numbers.map(({ number }) => number)).toEqual(["551140000100", "551140000200"]);
  expect(config.keys).toHaveLength(2);
  expect(config.contacts).toHaveLength(3);
});

test("every YAML example of docs/people.md is read without a mistake, and the page names all there is", async () => {
  const page = await project("docs/people.md");
  const examples = [...page.matchAll(/```yaml\n(.*?)```/gs)].map(([, text = ""]) => text);
  expect(examples).toHaveLength(4);
  for (const example of examples) readConfig(example, "people.md");
  const named = [
    ...builtInScripts.keys(),
    ...$defs.step.properties.do.enum,
    ...$defs.permission.properties.reply.enum,
    ...Object.keys($defs.script.properties),
    ...Object.keys($defs.number.properties),
    ...Object.keys($defs.contact.properties),
  ];
  expect(named.filter((name) => !new RegExp(`(?<![\\w-])${name}(?![\\w-])`).test(page))).toEqual([]);
});
