import { follow, type OpenApiDocument, type ParameterObject, type SchemaObject } from "./document.ts";
import { headline } from "./text.ts";
import { type ReadOperation, readOperations } from "./walk.ts";

const providers = ["META", "EVO_GO", "OTHER"];
const keyScopes = ["number", "any"];
const parameterTypes = ["string", "integer", "boolean"];

/** The code of a parameter that is wrong or missing where the spec names none. */
const defaultErrorCode = "VALIDATION_ERROR";

const declarations = `import type { ErrorCode } from "./error-codes.ts";

export type Provider = ${providers.map((name) => JSON.stringify(name)).join(" | ")};

export interface ParameterSpec {
  readonly name: string;
  readonly in: "query" | "path" | "header";
  readonly required: boolean;
  readonly type: ${parameterTypes.map((name) => JSON.stringify(name)).join(" | ")};
  /** The code of a value that breaks the rules below. */
  readonly errorCode: ErrorCode;
  /** The code of a required parameter that is not there. */
  readonly missingErrorCode: ErrorCode;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: string | number | boolean;
  readonly pattern?: string;
  readonly format?: string;
  readonly enum?: readonly (string | number | boolean)[];
  readonly minLength?: number;
  readonly maxLength?: number;
}

export interface OperationSpec {
  readonly id: string;
  readonly method: "GET" | "PUT" | "POST" | "DELETE" | "OPTIONS" | "HEAD" | "PATCH" | "TRACE";
  /** The path as an OpenAPI template: \`/v1/calls/{callId}\`. */
  readonly path: string;
  /** The providers that have this operation; null: the spec restricts none. */
  readonly providers: readonly Provider[] | null;
  readonly keyScope: ${keyScopes.map((name) => JSON.stringify(name)).join(" | ")} | null;
  readonly parameters: readonly ParameterSpec[];
  readonly body: null | BodySpec;
  /** The codes that each status can carry. */
  readonly errorCodes: Readonly<Record<string, readonly ErrorCode[]>>;
  readonly successStatus: number;
  readonly summary: string;
}

export interface BodySpec {
  readonly required: boolean;
  readonly properties: readonly string[];
  /** The providers that some properties are meant for; the others ignore them, whatever they hold. */
  readonly propertyProviders?: Readonly<Record<string, readonly Provider[]>>;
  readonly limitBytes?: number;
}
`;

function oneOf(allowed: readonly string[], value: string, what: string): string {
  if (!allowed.includes(value)) throw new Error(`${what} is ${value}, expected one of ${allowed.join(", ")}`);
  return value;
}

/** The names of the properties of a body, through references and combinations, in the order of the spec. */
export function propertyNames(document: OpenApiDocument, schema: SchemaObject): string[] {
  const { value } = follow<SchemaObject>(document, { pointer: "", value: schema });
  const parts = [...(value.allOf ?? []), ...(value.oneOf ?? []), ...(value.anyOf ?? [])];
  const names = [...Object.keys(value.properties ?? {}), ...parts.flatMap((part) => propertyNames(document, part))];
  return [...new Set(names)];
}

/** The properties of a body that are not meant for every provider. */
function propertyProviders(document: OpenApiDocument, schema: SchemaObject): Record<string, readonly string[]> {
  const { value } = follow<SchemaObject>(document, { pointer: "", value: schema });
  const parts = [...(value.allOf ?? []), ...(value.oneOf ?? []), ...(value.anyOf ?? [])];
  const own = Object.entries(value.properties ?? {}).flatMap(([name, property]) => {
    const meant = property["x-providers"]?.map((provider) => oneOf(providers, provider, `${name}: x-providers`));
    return meant === undefined ? [] : [[name, meant] as const];
  });
  return Object.assign(Object.fromEntries(own), ...parts.map((part) => propertyProviders(document, part)));
}

function parameterSpec(document: OpenApiDocument, operationId: string, parameter: ParameterObject): object {
  const what = `${operationId}: parameter ${parameter.name}`;
  const { value: schema } = follow<SchemaObject>(document, { pointer: "", value: parameter.schema ?? {} });
  const type = oneOf(parameterTypes, String(schema.type), `${what}: its type`);
  const errorCode = parameter["x-error-code"] ?? defaultErrorCode;
  const { minimum, maximum, default: preset, pattern, format, enum: values, minLength, maxLength } = schema;
  // JSON leaves undefined keys out, so what the spec doesn't say doesn't stand in the module either.
  return {
    name: parameter.name,
    in: oneOf(["query", "path", "header"], parameter.in, `${what}: its place`),
    required: parameter.required ?? false,
    type,
    errorCode,
    missingErrorCode: parameter["x-error-code-missing"] ?? errorCode,
    minimum,
    maximum,
    default: preset,
    pattern,
    format,
    enum: values,
    minLength,
    maxLength,
  };
}

/** The lowest 2xx status of an operation. */
export function successStatus(operation: ReadOperation): number {
  const statuses = operation.responses.map((response) => Number(response.status));
  const found = statuses.find((status) => status >= 200 && status < 300);
  if (found === undefined) throw new Error(`${operation.id} has no 2xx response`);
  return found;
}

function bodyProviders(document: OpenApiDocument, body: SchemaObject): object {
  const meant = propertyProviders(document, body);
  return Object.keys(meant).length === 0 ? {} : { propertyProviders: meant };
}

function operationSpec(document: OpenApiDocument, operation: ReadOperation): object {
  const { "x-providers": restricted, "x-key-scope": keyScope } = operation.operation;
  const errorCodes: Record<string, readonly string[]> = {};
  for (const { status, response } of operation.responses) {
    const codes = response["x-error-codes"];
    if (codes !== undefined) errorCodes[status] = codes;
  }
  return {
    id: operation.id,
    method: operation.method,
    path: operation.path,
    providers: restricted?.map((name) => oneOf(providers, name, `${operation.id}: x-providers`)) ?? null,
    keyScope: keyScope === undefined ? null : oneOf(keyScopes, keyScope, `${operation.id}: x-key-scope`),
    parameters: operation.parameters.map((parameter) => parameterSpec(document, operation.id, parameter)),
    body: operation.body && {
      required: operation.body.required,
      properties: propertyNames(document, operation.body.value),
      ...bodyProviders(document, operation.body.value),
      ...(operation.body.limitBytes === undefined ? {} : { limitBytes: operation.body.limitBytes }),
    },
    errorCodes,
    successStatus: successStatus(operation),
    summary: operation.operation.summary ?? "",
  };
}

function table(name: string, document: OpenApiDocument): string {
  const specs: Record<string, object> = {};
  for (const operation of readOperations(document)) {
    if (specs[operation.id] !== undefined) throw new Error(`the operationId ${operation.id} stands twice`);
    specs[operation.id] = operationSpec(document, operation);
  }
  return `export const ${name} = ${JSON.stringify(specs, null, 2)} as const satisfies Record<string, OperationSpec>;\n`;
}

/** `operations.ts`: the routing tables of both documents. */
export function operationsModule(source: string, api: OpenApiDocument, control: OpenApiDocument): string {
  return [
    headline(source),
    declarations,
    `/** The version of the Calls API's document. */\nexport const specVersion = ${JSON.stringify(api.info.version)};\n`,
    table("apiOperations", api),
    table("controlOperations", control),
    "export type ApiOperationId = keyof typeof apiOperations;\n",
    "export type ControlOperationId = keyof typeof controlOperations;\n",
  ].join("\n");
}
