import {
  follow,
  type Located,
  type MediaTypeObject,
  type OpenApiDocument,
  type OperationObject,
  type ParameterObject,
  type PathItemObject,
  pointerStep,
  type Ref,
  type RequestBodyObject,
  type ResponseObject,
  type SchemaObject,
} from "./document.ts";

export const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"] as const;

/** An operation with its references followed, and the pointers of the schemas that validators are made of. */
export interface ReadOperation {
  readonly id: string;
  readonly method: string;
  /** The path template, or the name of the webhook. */
  readonly path: string;
  readonly operation: OperationObject;
  readonly parameters: readonly ParameterObject[];
  readonly body:
    | (Located<SchemaObject> & {
        readonly required: boolean;
        readonly media: MediaTypeObject;
        readonly limitBytes: number | undefined;
      })
    | null;
  readonly responses: readonly ReadResponse[];
}

export interface ReadResponse {
  readonly status: string;
  readonly response: ResponseObject;
  readonly media: MediaTypeObject | null;
  readonly schema: Located<SchemaObject> | null;
}

function jsonMedia(
  document: OpenApiDocument,
  where: Located<{ readonly content?: Readonly<Record<string, MediaTypeObject>> }>,
): { media: MediaTypeObject; schema: Located<SchemaObject> } | null {
  const media = where.value.content?.["application/json"];
  if (media?.schema === undefined) return null;
  const pointer = `${where.pointer}/content/application~1json/schema`;
  return { media, schema: follow<SchemaObject>(document, { pointer, value: media.schema }) };
}

function readParameters(
  document: OpenApiDocument,
  item: Located<PathItemObject>,
  operation: Located<OperationObject>,
): ParameterObject[] {
  // Path-item parameters count for each operation; one of the same name and place in the operation replaces it.
  const byKey = new Map<string, ParameterObject>();
  const shared = item.value["parameters"];
  const lists: [string, readonly (ParameterObject | Ref)[]][] = [
    [item.pointer, Array.isArray(shared) ? shared : []],
    [operation.pointer, operation.value.parameters ?? []],
  ];
  for (const [pointer, list] of lists) {
    for (const [index, value] of list.entries()) {
      const parameter = follow<ParameterObject>(document, { pointer: `${pointer}/parameters/${index}`, value }).value;
      byKey.set(`${parameter.in} ${parameter.name}`, parameter);
    }
  }
  return [...byKey.values()];
}

function readBody(document: OpenApiDocument, operation: Located<OperationObject>): ReadOperation["body"] {
  const given = operation.value.requestBody;
  if (given === undefined) return null;
  const body = follow<RequestBodyObject>(document, { pointer: `${operation.pointer}/requestBody`, value: given });
  const json = jsonMedia(document, body);
  if (json === null) throw new Error(`#${body.pointer} has no application/json schema`);
  return {
    ...json.schema,
    media: json.media,
    required: body.value.required ?? false,
    limitBytes: body.value["x-limit-bytes"],
  };
}

function readResponses(document: OpenApiDocument, operation: Located<OperationObject>): ReadResponse[] {
  return Object.entries(operation.value.responses ?? {})
    .sort(([left], [right]) => left.localeCompare(right, "en"))
    .map(([status, value]) => {
      const pointer = `${operation.pointer}/responses/${status}`;
      const response = follow<ResponseObject>(document, { pointer, value });
      const json = jsonMedia(document, response);
      return { status, response: response.value, media: json?.media ?? null, schema: json?.schema ?? null };
    });
}

function readItem(document: OpenApiDocument, path: string, item: Located<PathItemObject>): ReadOperation[] {
  return methods.flatMap((method) => {
    if (item.value[method] === undefined) return [];
    // A parsed border: the document passed the OpenAPI meta-schema.
    const value = item.value[method] as OperationObject;
    const operation = { pointer: `${item.pointer}/${method}`, value };
    if (value.operationId === undefined && item.pointer.startsWith("/paths/")) {
      throw new Error(`${method.toUpperCase()} ${path} has no operationId`);
    }
    return [
      {
        id: value.operationId ?? path,
        method: method.toUpperCase(),
        path,
        operation: value,
        parameters: readParameters(document, item, operation),
        body: readBody(document, operation),
        responses: readResponses(document, operation),
      },
    ];
  });
}

function readAll(document: OpenApiDocument, section: "paths" | "webhooks"): ReadOperation[] {
  return Object.entries(document[section] ?? {}).flatMap(([path, value]) => {
    const pointer = `/${section}/${pointerStep(path)}`;
    return readItem(document, path, follow<PathItemObject>(document, { pointer, value }));
  });
}

/** Every operation of `paths`, in the document's order. */
export function readOperations(document: OpenApiDocument): ReadOperation[] {
  return readAll(document, "paths");
}

/** Every operation of `webhooks`; `path` is the webhook's name. */
export function readWebhooks(document: OpenApiDocument): ReadOperation[] {
  return readAll(document, "webhooks");
}

/** The codes of the answers in `components`: among them those that belong to no operation, such as unknown routes. */
export function componentErrorCodes(document: OpenApiDocument): string[] {
  return Object.entries(document.components?.responses ?? {}).flatMap(([name, value]) => {
    const pointer = `/components/responses/${pointerStep(name)}`;
    return follow<ResponseObject>(document, { pointer, value }).value["x-error-codes"] ?? [];
  });
}

/** Every error code that a document's responses list, sorted. */
export function errorCodesOf(document: OpenApiDocument): string[] {
  const codes = readOperations(document).flatMap((operation) =>
    operation.responses.flatMap((response) => response.response["x-error-codes"] ?? []),
  );
  return [...new Set([...codes, ...componentErrorCodes(document)])].sort();
}
