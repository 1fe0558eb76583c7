import { curlOf } from "./curl.ts";
import { follow, type OpenApiDocument, type ParameterObject, type SchemaObject } from "./document.ts";
import { cell, codes, table } from "./markdown.ts";
import { markdownHeadline } from "./text.ts";
import { type ReadOperation, readOperations, readWebhooks } from "./walk.ts";

interface Property {
  readonly name: string;
  readonly required: boolean;
  readonly schema: SchemaObject;
}

function resolved(document: OpenApiDocument, schema: SchemaObject): SchemaObject {
  return follow<SchemaObject>(document, { pointer: "", value: schema }).value;
}

/** The properties of a body, through references and combinations; the first place that names one describes it. */
function propertiesOf(document: OpenApiDocument, schema: SchemaObject): Property[] {
  const value = resolved(document, schema);
  const own = Object.entries(value.properties ?? {}).map(([name, property]) => ({
    name,
    required: value.required?.includes(name) ?? false,
    // A description beside a $ref says more than the one at its end.
    schema: { ...resolved(document, property), ...(property.description && { description: property.description }) },
  }));
  const parts = [...(value.allOf ?? []), ...(value.oneOf ?? []), ...(value.anyOf ?? [])];
  const byName = new Map<string, Property>();
  for (const property of [...own, ...parts.flatMap((part) => propertiesOf(document, part))]) {
    if (!byName.has(property.name)) byName.set(property.name, property);
  }
  return [...byName.values()];
}

function typeText(document: OpenApiDocument, schema: SchemaObject): string {
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.enum !== undefined) return schema.enum.map((value) => `\`${String(value)}\``).join(", ");
  const alternatives = schema.oneOf ?? schema.anyOf;
  if (alternatives !== undefined) {
    return [...new Set(alternatives.map((part) => typeText(document, resolved(document, part))))].join(" or ");
  }
  if (schema.allOf?.[0] !== undefined && schema.type === undefined) {
    return typeText(document, resolved(document, schema.allOf[0]));
  }
  const type = [schema.type ?? "object"].flat().join(" or ");
  return schema.format === undefined ? type : `${type} (${schema.format})`;
}

function limitsText(schema: SchemaObject): string {
  const parts: string[] = [];
  if (schema.minimum !== undefined) parts.push(`at least ${schema.minimum}`);
  if (schema.maximum !== undefined) parts.push(`at most ${schema.maximum}`);
  if (schema.maxLength !== undefined) parts.push(`at most ${schema.maxLength} characters`);
  if (schema.default !== undefined) parts.push(`default \`${JSON.stringify(schema.default)}\``);
  return parts.length === 0 ? "" : ` (${parts.join(", ")})`;
}

function parameterRow(document: OpenApiDocument, parameter: ParameterObject): string[] {
  const schema = resolved(document, parameter.schema ?? {});
  return [
    `\`${parameter.name}\``,
    parameter.in,
    `${typeText(document, schema)}${limitsText(schema)}`,
    parameter.required === true ? "yes" : "no",
    parameter.description ?? schema.description ?? "",
  ];
}

function operationSection(document: OpenApiDocument, operation: ReadOperation): string[] {
  const { operation: given } = operation;
  const providers = given["x-providers"];
  const bodyRows = (operation.body === null ? [] : propertiesOf(document, operation.body.value)).map((property) => [
    `\`${property.name}\``,
    `${typeText(document, property.schema)}${limitsText(property.schema)}`,
    property.required ? "yes" : "no",
    property.schema.description ?? "",
  ]);
  const answers = operation.responses.map(({ status, response }) => [
    status,
    response.description ?? "",
    codes(response["x-error-codes"] ?? []),
  ]);
  return [
    `### ${operation.id}`,
    "",
    `\`${operation.method} ${operation.path}\`${given.summary === undefined ? "" : ` · ${cell(given.summary)}`}`,
    "",
    ...(given.description === undefined ? [] : [given.description.trim(), ""]),
    ...(providers === undefined ? [] : [`Providers: ${codes(providers)}`, ""]),
    ...table(
      ["Parameter", "In", "Type", "Required", "Meaning"],
      operation.parameters.map((parameter) => parameterRow(document, parameter)),
    ),
    ...(operation.body === null
      ? []
      : [
          `Body (JSON, ${operation.body.required ? "required" : "optional"}):`,
          "",
          ...table(["Field", "Type", "Required", "Meaning"], bodyRows),
        ]),
    ...table(["Status", "Meaning", "Codes"], answers),
    "```sh",
    curlOf(document, operation),
    "```",
    "",
  ];
}

function webhookSection(document: OpenApiDocument, webhook: ReadOperation): string[] {
  const rows = (webhook.body === null ? [] : propertiesOf(document, webhook.body.value)).map((property) => [
    `\`${property.name}\``,
    typeText(document, property.schema),
    property.required ? "yes" : "no",
    property.schema.description ?? "",
  ]);
  const summary = webhook.operation.description ?? webhook.operation.summary ?? "";
  return [`### ${webhook.path}`, "", summary.trim(), "", ...table(["Field", "Type", "Always", "Meaning"], rows)];
}

function tidy(lines: readonly string[]): string {
  return `${lines
    .join("\n")
    .replaceAll(/\n{3,}/g, "\n\n")
    .trim()}\n`;
}

/** `docs/api-reference.md`: every operation of both documents with its parameters, body, answers and a `curl`. */
export function referencePage(source: string, api: OpenApiDocument, control: OpenApiDocument): string {
  return tidy([
    markdownHeadline(source),
    "# API reference",
    "",
    `The Calls API as the sandbox serves it, version ${api.info.version} of the spec, and the sandbox's own control API.`,
    "Every `curl` goes to a sandbox that runs with its defaults (`npm start`). Put the ids of your own calls and numbers in",
    "place of those in the paths. Every code and where it comes from: [errors](errors.md).",
    "",
    "## Calls API",
    "",
    ...readOperations(api).flatMap((operation) => operationSection(api, operation)),
    "## Webhooks",
    "",
    ...readWebhooks(api).flatMap((webhook) => webhookSection(api, webhook)),
    "## Control API",
    "",
    ...readOperations(control).flatMap((operation) => operationSection(control, operation)),
  ]);
}
