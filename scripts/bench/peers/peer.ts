import type { Starter } from "../measure/start-up.ts";

/** Another mock server, made to answer the same read from the same document. */
export interface Peer {
  readonly name: string;
  /** The package that npm installs beside this file. */
  readonly package: string;
  readonly starter: Starter;
}

/** The read that every peer answers; the id has the documented form. */
export const readPath = "/v1/calls/call_01KWM7WSC06Z4T8QK2N5W7RXDH";
export const readHeaders = { "x-api-key": "ps_sandbox_meta" } as const;
