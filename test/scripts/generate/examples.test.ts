import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { bundleDocument } from "../../../scripts/generate/bundle.ts";
import {
  type ExampleObject,
  follow,
  type MediaTypeObject,
  type OpenApiDocument,
} from "../../../scripts/generate/document.ts";
import { readOperations, readWebhooks } from "../../../scripts/generate/walk.ts";
import { controlResponseValidators } from "../../../spec/generated/control-response-validators.js";
import { controlValidators } from "../../../spec/generated/control-validators.js";
import { requestValidators } from "../../../spec/generated/request-validators.js";
import { responseValidators } from "../../../spec/generated/response-validators.js";
import type { Validator } from "../../../spec/generated/validator.ts";
import { webhookValidators } from "../../../spec/generated/webhook-validators.js";

const spec = fileURLToPath(new URL("../../../spec/", import.meta.url));
const api = await bundleDocument(`${spec}openapi.yaml`);
const control = await bundleDocument(`${spec}control.yaml`);

type Bodies = Readonly<Record<string, Validator>>;
type Answers = Readonly<Record<string, Bodies>>;
type Row = readonly [place: string, validate: Validator | undefined, examples: readonly unknown[]];

function examplesOf(document: OpenApiDocument, media: MediaTypeObject): unknown[] {
  const named = Object.values(media.examples ?? {}).map(
    (value) => follow<ExampleObject>(document, { pointer: "", value }).value.value,
  );
  return media.example === undefined ? named : [media.example, ...named];
}

function rows(document: OpenApiDocument, bodies: Bodies, answers: Answers): Row[] {
  return readOperations(document).flatMap((operation): Row[] => [
    ...(operation.body === null
      ? []
      : [[`the body of ${operation.id}`, bodies[operation.id], examplesOf(document, operation.body.media)] as const]),
    ...operation.responses.flatMap(({ status, media }): Row[] =>
      media === null
        ? []
        : [[`${operation.id} ${status}`, answers[operation.id]?.[status], examplesOf(document, media)]],
    ),
  ]);
}

const webhooks = readWebhooks(api).map((webhook): Row => {
  const validators: Bodies = webhookValidators;
  return [webhook.path, validators[webhook.path], webhook.body === null ? [] : examplesOf(api, webhook.body.media)];
});

describe.each([
  ["Calls API", rows(api, requestValidators, responseValidators)],
  ["control API", rows(control, controlValidators, controlResponseValidators)],
  ["webhooks", webhooks],
])("every example of the spec passes the generated validator: %s", (_document, table) => {
  test.each(table)("%s", (_place, validate, examples) => {
    expect(examples.length).toBeGreaterThan(0);
    const refused = examples.flatMap((example) =>
      validate?.(example) === true ? [] : [{ example, why: validate?.errors }],
    );
    expect(refused).toEqual([]);
  });
});
