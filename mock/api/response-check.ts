import type { OperationSpec } from "../../spec/generated/operations.ts";
import type { Validator } from "../../spec/generated/validator.ts";
import type { Violation } from "../world/request-log.ts";

/** Compares an answer with the spec: its status, its schema, and the codes its operation may answer. */
export type ResponseCheck = (operation: OperationSpec, status: number, body: unknown) => Promise<readonly Violation[]>;

type Validators = Readonly<Record<string, Readonly<Record<string, Validator>>>>;

/**
 * Checks answers against the validators that were generated from the spec, which are loaded at the first answer.
 *
 * @param load imports the validators, by operationId and status
 */
export function responseCheck(load: () => Promise<Validators>): ResponseCheck {
  let loading: Promise<Validators> | null = null;
  return async (operation, status, body) => {
    loading ??= load();
    const validator = (await loading)[operation.id]?.[String(status)];
    if (validator === undefined)
      return status === 204 ? [] : [violation("", `the status ${status} is not documented for ${operation.id}`)];
    if (!validator(body)) {
      return (validator.errors ?? []).map(({ instancePath, message }) =>
        violation(instancePath, message ?? "is not valid"),
      );
    }
    return checkCode(operation, status, body);
  };
}

function checkCode(operation: OperationSpec, status: number, body: unknown): readonly Violation[] {
  if (status < 400 || typeof body !== "object" || body === null || !("code" in body)) return [];
  const allowed = operation.errorCodes[String(status)] ?? [];
  if (allowed.some((code) => code === body.code)) return [];
  return [violation("/code", `${String(body.code)} is not listed for ${operation.id} with status ${status}`)];
}

function violation(path: string, message: string): Violation {
  return { in: "response", path, message };
}
