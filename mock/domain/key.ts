import type { NumberId } from "./number.ts";

/** An API key: bound to one number, to the tenant as a whole, or (by mistake) to nothing. */
export type ApiKey = {
  readonly id: string;
  /** What goes into `x-api-key`; `x-api-key-id` takes the id. */
  readonly secret: string;
  readonly name: string;
} & (
  | { readonly scope: "number"; readonly numberId: NumberId }
  | { readonly scope: "tenant" }
  | { readonly scope: "unbound" }
);
