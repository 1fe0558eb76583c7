/**
 * The parts of an OpenAPI 3.1 document that the generators read, with the extensions that the mock reads.
 * A bundled document holds no reference to another file, so every `$ref` is a pointer into itself.
 */
export interface Ref {
  readonly $ref: string;
}

export interface SchemaObject {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, SchemaObject>>;
  readonly allOf?: readonly SchemaObject[];
  readonly oneOf?: readonly SchemaObject[];
  readonly anyOf?: readonly SchemaObject[];
  readonly required?: readonly string[];
  readonly items?: SchemaObject;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly examples?: readonly unknown[];
  readonly example?: unknown;
  /** The providers that a property is meant for; the others ignore it, whatever it holds. */
  readonly "x-providers"?: readonly string[];
}

export interface ExampleObject {
  readonly summary?: string;
  readonly value?: unknown;
}

export interface MediaTypeObject {
  readonly schema?: SchemaObject;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, ExampleObject | Ref>>;
}

export interface ParameterObject extends MediaTypeObject {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly "x-error-code"?: string;
  readonly "x-error-code-missing"?: string;
}

export interface RequestBodyObject {
  readonly required?: boolean;
  readonly description?: string;
  readonly content: Readonly<Record<string, MediaTypeObject>>;
  /** The largest body, in bytes, where it is not the usual 1 MiB. */
  readonly "x-limit-bytes"?: number;
}

export interface ResponseObject {
  readonly description?: string;
  readonly content?: Readonly<Record<string, MediaTypeObject>>;
  readonly "x-error-codes"?: readonly string[];
}

export interface OperationObject {
  readonly operationId?: string;
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly (ParameterObject | Ref)[];
  readonly requestBody?: RequestBodyObject | Ref;
  readonly responses?: Readonly<Record<string, ResponseObject | Ref>>;
  readonly "x-providers"?: readonly string[];
  readonly "x-key-scope"?: string;
}

export type PathItemObject = Readonly<Record<string, unknown>>;

export interface OpenApiDocument {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string };
  readonly paths?: Readonly<Record<string, PathItemObject>>;
  readonly webhooks?: Readonly<Record<string, PathItemObject>>;
  readonly components?: {
    readonly schemas?: Readonly<Record<string, SchemaObject>>;
    readonly responses?: Readonly<Record<string, ResponseObject | Ref>>;
  };
}

/** A value of the document and the JSON pointer (RFC 6901) where it stands. */
export interface Located<T> {
  readonly pointer: string;
  readonly value: T;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

/** Escapes one step of a JSON pointer (RFC 6901 §3). */
export function pointerStep(step: string): string {
  return step.replaceAll("~", "~0").replaceAll("/", "~1");
}

/**
 * The value at a JSON pointer.
 * @throws Error when nothing stands there
 */
export function lookUp(document: OpenApiDocument, pointer: string): unknown {
  let value: unknown = document;
  for (const step of pointer.split("/").slice(1)) {
    const key = step.replaceAll("~1", "/").replaceAll("~0", "~");
    value = isRecord(value) ? value[key] : undefined;
  }
  if (value === undefined) throw new Error(`nothing stands at #${pointer}`);
  return value;
}

/**
 * Follows `$ref` until something else than a reference stands there.
 * @param located a value, or a reference to one
 * @throws Error when a reference leads nowhere or leaves the document
 */
export function follow<T extends object>(document: OpenApiDocument, located: Located<T | Ref>): Located<T> {
  let pointer = located.pointer;
  let value: unknown = located.value;
  while (isRecord(value) && typeof value["$ref"] === "string") {
    const target: string = value["$ref"];
    if (!target.startsWith("#/")) throw new Error(`#${pointer} refers to ${target}, outside of the bundled document`);
    pointer = decodeURIComponent(target.slice(1));
    value = lookUp(document, pointer);
  }
  // A parsed border: the document passed the OpenAPI meta-schema before any generator reads it.
  return { pointer, value: value as T };
}
