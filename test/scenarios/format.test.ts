import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { stringify } from "yaml";
import { readScenario, scenarios } from "../../mock/scenarios/index.ts";
import { stepKinds } from "../../mock/scenarios/scenario.ts";
import control from "../../spec/generated/control.json" with { type: "json" };
import { apiOperations } from "../../spec/generated/operations.ts";
import schema from "../../spec/scenario.schema.json" with { type: "json" };

const { $defs } = schema;
const { ContactBody, FaultEffect, FaultTarget, FaultTrigger, InboundCallBody, PersonActionBody, UpdateNumberBody } =
  control.components.schemas;
const project = (file: string) => readFile(new URL(`../../${file}`, import.meta.url), "utf8");

test.each([...scenarios.values()])("$name: written as YAML and read again, it is the same", (scenario) => {
  expect(readScenario(stringify(scenario), `${scenario.name}.yaml`)).toEqual(scenario);
});

test("the file takes the steps that can be played, and the operations and events that exist", () => {
  expect(Object.keys($defs.step.properties)).toEqual([...stepKinds]);
  expect($defs.operation.enum.toSorted()).toEqual(Object.keys(apiOperations).toSorted());
  expect($defs.event.enum).toEqual(control.components.schemas.Delivery.properties.event.enum);
});

test("its steps take the fields that the control API takes", () => {
  const names = (properties: object, ...own: string[]) =>
    Object.keys(properties)
      .filter((name) => !own.includes(name))
      .toSorted();
  expect(names($defs.contact.properties, "phone")).toEqual(names(ContactBody.properties));
  expect(names($defs.number.properties, "number")).toEqual(names(UpdateNumberBody.properties));
  expect(names($defs.inboundCall.properties)).toEqual(names(InboundCallBody.properties));
  expect(names($defs.person.properties)).toEqual(names(PersonActionBody.properties));
  expect(names($defs.fault.properties.target.properties)).toEqual(names(FaultTarget.properties));
  expect(names($defs.fault.properties.trigger.properties)).toEqual(names(FaultTrigger.properties));
  expect(names($defs.fault.properties.effect.properties)).toEqual(names(FaultEffect.properties));
  expect($defs.fault.properties.effect.properties.type.enum).toEqual(FaultEffect.properties.type.enum);
});

test("phones without quotes are texts, and what is compared stays as it was written", () => {
  const { steps } = readScenario(
    `
name: unquoted
about: A person calls.
correct: Nothing.
steps:
  - inboundCall: { from: +5511988887777 }
  - person: { action: fail, code: 138020 }
  - expectDelivery: { event: call.ended, fields: { durationSeconds: 3 } }
`,
    "unquoted.yaml",
  );
  expect(steps).toEqual([
    { inboundCall: { from: "5511988887777" } },
    { person: { action: "fail", code: "138020" } },
    { expectDelivery: { event: "call.ended", fields: { durationSeconds: 3 } } },
  ]);
});

test("examples/scenario.yaml and every YAML example of docs/scenarios.md are read without a mistake", async () => {
  readScenario(await project("examples/scenario.yaml"), "scenario.yaml");
  const page = await project("docs/scenarios.md");
  const examples = [...page.matchAll(/```yaml\n(.*?)```/gs)].map(([, text = ""]) => text);
  expect(examples.length).toBeGreaterThan(0);
  for (const example of examples) readScenario(example, "scenarios.md");
});

test("docs/scenarios.md names every scenario and every step", async () => {
  const page = await project("docs/scenarios.md");
  for (const name of [...scenarios.keys(), ...stepKinds]) expect(page).toContain(`\`${name}\``);
});
