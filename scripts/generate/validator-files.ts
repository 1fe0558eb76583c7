import type { OpenApiDocument } from "./document.ts";
import { type ReadOperation, readOperations, readWebhooks } from "./walk.ts";

/** Where each validator comes from: its name (and status, for answers) and the pointer of its schema. */
export type Table = ReadonlyMap<string, string | ReadonlyMap<string, string>>;

export interface ValidatorFile {
  readonly name: string;
  readonly exportName: string;
  readonly table: Table;
  readonly allErrors: boolean;
  /** Judges what is there, and misses nothing that is left out. */
  readonly partial?: boolean;
  readonly doc: string;
}

function bodies(operations: readonly ReadOperation[], key: "id" | "path" = "id"): Table {
  return new Map(operations.flatMap(({ body, ...names }) => (body === null ? [] : [[names[key], body.pointer]])));
}

function answers(operations: readonly ReadOperation[]): Table {
  return new Map(
    operations.map(({ id, responses }) => [
      id,
      new Map(responses.flatMap(({ status, schema }) => (schema === null ? [] : [[status, schema.pointer]]))),
    ]),
  );
}

/** The validator files of the Calls API. Requests report every error; answers and webhooks stop at the first. */
export function apiValidatorFiles(document: OpenApiDocument): ValidatorFile[] {
  const operations = readOperations(document);
  return [
    {
      name: "request-validators",
      exportName: "requestValidators",
      table: bodies(operations),
      allErrors: true,
      doc: "Request bodies of the Calls API by operationId; an operation without a body has none.",
    },
    {
      name: "response-validators",
      exportName: "responseValidators",
      table: answers(operations),
      allErrors: false,
      doc: "Answers of the Calls API by operationId and status.",
    },
    {
      name: "webhook-validators",
      exportName: "webhookValidators",
      table: bodies(readWebhooks(document), "path"),
      allErrors: false,
      doc: "Webhook payloads by the webhook's name.",
    },
    {
      name: "partial-response-validators",
      exportName: "partialResponseValidators",
      table: answers(operations),
      allErrors: true,
      partial: true,
      doc: "Parts of answers of the Calls API, as pacts hold them, by operationId and status.",
    },
    {
      name: "partial-webhook-validators",
      exportName: "partialWebhookValidators",
      table: bodies(readWebhooks(document), "path"),
      allErrors: true,
      partial: true,
      doc: "Parts of webhook payloads, as pacts hold them, by the webhook's name.",
    },
  ];
}

/** The validator files of the control API. */
export function controlValidatorFiles(document: OpenApiDocument): ValidatorFile[] {
  const operations = readOperations(document);
  return [
    {
      name: "control-validators",
      exportName: "controlValidators",
      table: bodies(operations),
      allErrors: true,
      doc: "Request bodies of the control API by operationId; an operation without a body has none.",
    },
    {
      name: "control-response-validators",
      exportName: "controlResponseValidators",
      table: answers(operations),
      allErrors: false,
      doc: "Answers of the control API by operationId and status.",
    },
  ];
}

/** The validator of the configuration file. A file may hold several mistakes, and all of them are reported. */
export const configValidatorFiles: readonly ValidatorFile[] = [
  {
    name: "config-validator",
    exportName: "configValidator",
    table: new Map([["config", "/components/schemas/File"]]),
    allErrors: true,
    doc: "The whole of a configuration file.",
  },
];

/** The validator of a scenario file, for the same reader. */
export const scenarioValidatorFiles: readonly ValidatorFile[] = [
  {
    name: "scenario-validator",
    exportName: "scenarioValidator",
    table: new Map([["scenario", "/components/schemas/File"]]),
    allErrors: true,
    doc: "The whole of a scenario file.",
  },
];

/** The validator of a case file of the conformance suite, for the same reader. */
export const conformanceValidatorFiles: readonly ValidatorFile[] = [
  {
    name: "conformance-validator",
    exportName: "conformanceValidator",
    table: new Map([["cases", "/components/schemas/File"]]),
    allErrors: true,
    doc: "The whole of a case file.",
  },
];
