import type { ReceivedResponse, SentRequest } from "../exchange/exchange.ts";
import { jsonOf } from "../exchange/json-of.ts";
import { CarriedValues } from "./carried-values.ts";
import type { RecordedExchange, Recording } from "./recording.ts";
import { type Difference, shapeDifferences } from "./shape.ts";

export interface ReplayOptions {
  /** Sends a request to the other target; `target` and `headers` are as a client would send them. */
  readonly send: (request: SentRequest) => Promise<ReceivedResponse>;
  /**
   * What to send in place of a recorded key, which is a stand-in such as `redacted`; `keysOf` tells which there are. A key
   * that is left out is sent as its stand-in, and refused.
   */
  readonly keys: Readonly<Record<string, string>>;
  /** What to send in place of a recorded phone number, digits only; others are sent as stand-ins that nobody has. */
  readonly phones?: Readonly<Record<string, string>>;
}

/** One recorded request, sent again. */
export interface ReplayResult {
  readonly recorded: RecordedExchange;
  readonly sent: SentRequest;
  /** Null when `send` failed. */
  readonly received: ReceivedResponse | null;
  /** Why `send` failed. */
  readonly failure: string | null;
  readonly differences: readonly Difference[];
}

/**
 * Sends the requests of a recording again, one after the other, and compares each answer with the recorded one by its
 * shape. Ids that the target gives are used in place of the recorded ones from then on.
 *
 * @example
 * for await (const { recorded, differences } of replay(recording, { send, keys: { redacted: "ps_sandbox_meta" } })) …
 */
export async function* replay(recording: Recording, options: ReplayOptions): AsyncGenerator<ReplayResult> {
  const values = new CarriedValues(options.phones);
  for (const recorded of recording.exchanges) {
    const sent = requestOf(recorded, values, options.keys);
    let received: ReceivedResponse;
    try {
      received = await options.send(sent);
    } catch (error) {
      const failure = error instanceof Error ? error.message : String(error);
      yield { recorded, sent, received: null, failure, differences: [] };
      continue;
    }
    values.learn(jsonOf(recorded.response.body), jsonOf(received.body));
    yield { recorded, sent, received, failure: null, differences: shapeDifferences(recorded.response, received) };
  }
}

function requestOf({ request }: RecordedExchange, values: CarriedValues, keys: ReplayOptions["keys"]): SentRequest {
  const headers = Object.entries(request.headers);
  return {
    method: request.method,
    target: values.inTarget(request.target),
    headers: Object.fromEntries(
      headers.map(([name, value]) => [name, keyOf(name, value, keys) ?? values.inBody(value)]),
    ),
    body: request.body === null ? null : values.inBody(request.body),
  };
}

function keyOf(name: string, standIn: string, keys: ReplayOptions["keys"]): string | undefined {
  const key = Object.hasOwn(keys, standIn) ? keys[standIn] : undefined;
  // The id of a key is the part of it after `ps_` (AUTH-003).
  if (name === "x-api-key-id") return key?.replace(/^ps_/, "");
  return name === "x-api-key" ? key : undefined;
}
