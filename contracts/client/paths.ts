import type { paths } from "../../spec/generated/openapi.ts";

/**
 * The document's paths as `openapi-fetch` reads them: its types take a readonly list in an answer for an object and lose
 * `map` and the rest, so lists in answers are plain ones here. What is sent keeps its types.
 */
export type Paths = PlainLists<paths>;

type PlainLists<T> = T extends readonly (infer Item)[]
  ? PlainLists<Item>[]
  : T extends object
    ? { [Key in keyof T]: Key extends "requestBody" ? T[Key] : PlainLists<T[Key]> }
    : T;
