import type { Validator } from "../../spec/generated/validator.ts";

/** One of the spec's own schemas in the form that data libraries share (Standard Schema 1). */
export interface SpecSchema<T> {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: "calls-sandbox";
    readonly validate: (
      value: unknown,
    ) => { readonly value: T } | { readonly issues: readonly { readonly message: string }[] };
    readonly types?: { readonly input: T; readonly output: T } | undefined;
  };
}

/** Wraps a generated validator: what it accepts has the type that was generated from the same schema. */
export function specSchema<T>(validator: Validator): SpecSchema<T> {
  const validate = (value: unknown) => {
    if (validator(value)) return { value: value as T };
    return {
      issues: (validator.errors ?? []).map(({ instancePath, message }) => ({
        message: `${instancePath} ${message ?? ""}`,
      })),
    };
  };
  return { "~standard": { version: 1, vendor: "calls-sandbox", validate } };
}
