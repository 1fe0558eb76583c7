import { valueAt } from "../../mock/config/path.ts";
import { readPath } from "../../mock/scenarios/fields.ts";
import { fillIn } from "../../mock/scenarios/fill.ts";
import type { Exchange, ReceivedResponse, SentRequest } from "../exchange/exchange.ts";
import type { Captures, Case, Expected, KeyName } from "./case.ts";
import { compare, type Mismatch } from "./matchers.ts";
import { usualKey } from "./needs.ts";
import { StepFailed } from "./result.ts";
import type { CaseSocket } from "./steps/case-socket.ts";
import type { Stage } from "./targets/target.ts";

/** One case under way: where it is played, what it has captured, and what went over the wire. */
export class Play {
  readonly case: Case;
  readonly stage: Stage;
  /** What steps can use as `{name}`. */
  readonly names: Map<string, string>;
  readonly exchanges: Exchange[] = [];
  readonly sockets = new Map<string, CaseSocket>();
  /** How many webhooks earlier steps have looked at in their order. */
  webhooksSeen = 0;

  constructor(of: Case, stage: Stage) {
    this.case = of;
    this.stage = stage;
    this.names = new Map(stage.names);
  }

  /** Puts values in place of `{name}`. */
  fill<Value>(value: Value): Value {
    // The shape stays: texts become texts.
    return fillIn(value, this.names) as Value;
  }

  /** A request with a key of the case's; the exchange is kept for the report. */
  async request(
    method: string,
    target: string,
    {
      key = usualKey(this.case.provider),
      headers = {},
      body = null,
    }: { key?: KeyName; headers?: Readonly<Record<string, string>>; body?: string | null } = {},
  ): Promise<Exchange> {
    const secret = key === "none" ? undefined : this.stage.keys[key];
    const request: SentRequest = {
      method,
      target,
      headers: {
        ...(secret === undefined ? {} : { "x-api-key": secret }),
        ...(body === null ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      body,
    };
    const exchange = { request, response: await this.stage.send(request) };
    this.exchanges.push(exchange);
    return exchange;
  }

  /** The world's control API. */
  get world(): NonNullable<Stage["world"]> {
    if (this.stage.world !== null) return this.stage.world;
    throw new StepFailed("This step needs a sandbox, and the target is a live service.");
  }

  /** The world's time; null on a live service. */
  async now(): Promise<Date | null> {
    if (this.stage.world === null) return null;
    const { id, control } = this.stage.world;
    return new Date((await control.getClock({ w: id })).now);
  }

  /** Compares a value with what is expected of it, after `{name}` is filled in. */
  async compare(expected: Expected, actual: unknown): Promise<readonly Mismatch[]> {
    const filled = this.fill(expected);
    const needsTime = JSON.stringify(filled).includes("now");
    return compare(filled, actual, "", needsTime ? await this.now() : null);
  }

  /** Keeps values of an answer for later steps. */
  capture(captures: Captures, from: unknown): void {
    for (const [name, path] of Object.entries(captures)) {
      const value = valueAt(from, readPath(path));
      if (typeof value !== "string" && typeof value !== "number") {
        throw new StepFailed(`There is no text or number at ${path} to capture as {${name}}.`);
      }
      this.names.set(name, String(value));
    }
  }
}

/** The body of an answer as JSON; its text where it is none. */
export function bodyOf({ body }: ReceivedResponse): unknown {
  return jsonOf(body);
}

/** A text as JSON; the text itself where it is none. */
export function jsonOf(text: string | null): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return text;
  }
}
