import type { components } from "../../spec/generated/control.ts";
import { parseWait } from "../domain/wait.ts";
import type { ClockMode } from "../world/clock.ts";
import type { WorldKeys } from "../world/seed.ts";
import { fillIn } from "./fill.ts";
import type { Asked, ScenarioOptions } from "./options.ts";
import type { ScenarioTarget } from "./target.ts";

export type LoggedRequest = components["schemas"]["LoggedRequest"];
export type Delivery = components["schemas"]["Delivery"];

/** An answer to a request of the scenario's own. */
export interface ApiAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** How often records are looked at while something is waited for, in milliseconds. */
const lookEvery = 15;

/** One scenario under way: its world, its call, and what it has done itself. */
export class Run {
  readonly target: ScenarioTarget;
  readonly options: ScenarioOptions;
  readonly world: string;
  readonly keys: WorldKeys;
  readonly clock: ClockMode;
  /** The call that the steps are about. */
  callId: string | null = null;
  /** What steps can use as `{name}`. */
  readonly names = new Map<string, string>();
  /** Requests of the scenario's own, counted, so that the client's can be told from them. */
  readonly #own = new Map<string, number>();
  readonly #asked = new Set<Promise<unknown>>();
  #complaint: { readonly error: unknown } | null = null;

  constructor(of: {
    target: ScenarioTarget;
    options: ScenarioOptions;
    world: string;
    keys: WorldKeys;
    clock: ClockMode;
  }) {
    this.target = of.target;
    this.options = of.options;
    this.world = of.world;
    this.keys = of.keys;
    this.clock = of.clock;
  }

  get hasClient(): boolean {
    const { client, webhook, onAsk } = this.options;
    return client ?? (webhook !== undefined || onAsk !== undefined);
  }

  /** How long to wait for something, in milliseconds: never longer than the patience of whoever runs it. */
  patience(within: string | undefined): number {
    const { patienceMs = 5_000 } = this.options;
    return within === undefined ? patienceMs : Math.min(parseWait(within) ?? patienceMs, patienceMs);
  }

  /** How long to wait for what must not happen. `within` is the time for a person at a screen, where one is asked. */
  settling(within: string | undefined): number {
    const { settleMs = 250, onAsk } = this.options;
    return within === undefined || onAsk !== undefined ? settleMs : this.patience(within);
  }

  /** Makes the call that the following steps are about. */
  follow(callId: string, externalCallId: string | null): void {
    this.callId = callId;
    this.names.set("callId", callId);
    if (externalCallId !== null) this.names.set("externalCallId", externalCallId);
  }

  /** A request to the Calls API. One of the scenario's own doesn't count as the client's. */
  async request(
    method: string,
    path: string,
    { key = "meta", body, own = true }: { key?: keyof WorldKeys; body?: unknown; own?: boolean } = {},
  ): Promise<ApiAnswer> {
    const response = await this.target.request(path, {
      method,
      headers: {
        "x-api-key": this.keys[key],
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (own) this.#count(`${method} ${path} ${response.status}`);
    const text = await response.text();
    return { status: response.status, body: parsed(text) };
  }

  /** The client's requests, in the order in which they were answered. */
  async clientRequests(): Promise<readonly LoggedRequest[]> {
    const { requests } = await this.target.control.listRequests({ w: this.world, limit: 1_000 });
    const own = new Map(this.#own);
    return requests.toReversed().filter(({ method, path, status }) => {
      const key = `${method} ${path} ${status}`;
      const left = own.get(key) ?? 0;
      own.set(key, left - 1);
      return left <= 0;
    });
  }

  /** Every delivery of the world, oldest first. */
  async deliveries(): Promise<readonly Delivery[]> {
    const { deliveries } = await this.target.control.listDeliveries({ w: this.world, limit: 1_000 });
    return deliveries.toReversed();
  }

  /** Looks again and again until something is there, or the time is up. */
  async until<Found>(milliseconds: number, look: () => Promise<Found | null>): Promise<Found | null> {
    const deadline = performance.now() + milliseconds;
    for (;;) {
      const found = await look();
      if (found !== null || performance.now() >= deadline) return found;
      await pause(lookEvery);
    }
  }

  /** Hands a wish to whoever speaks for the client, and goes on. */
  ask(asked: Asked): void {
    const asking = Promise.resolve()
      .then(() => this.options.onAsk?.(asked))
      .catch((error: unknown) => {
        this.#complaint ??= { error };
      });
    this.#asked.add(asking);
    void asking.then(() => this.#asked.delete(asking));
  }

  /** Waits until the client has done what it was asked for, but no longer than the patience. */
  async answered(): Promise<void> {
    if (this.#asked.size > 0) await Promise.race([Promise.all(this.#asked), pause(this.patience(undefined))]);
  }

  /** Throws what `onAsk` has thrown, if it has. */
  complain(): void {
    if (this.#complaint !== null) throw this.#complaint.error;
  }

  /** Puts values in place of `{name}`, in texts and in whatever holds texts. */
  fill<Value>(value: Value): Value {
    // The shape stays: texts become texts.
    return fillIn(value, this.names) as Value;
  }

  #count(key: string): void {
    this.#own.set(key, (this.#own.get(key) ?? 0) + 1);
  }
}

/** Real time passes. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text === "" ? null : text;
  }
}
