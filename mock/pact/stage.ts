import { isMap } from "../config/path.ts";
import type { Control } from "../control/control.ts";
import { sampleAnswer, sampleOffer } from "../scenarios/sample-sdp.ts";
import type { ScenarioTarget } from "../scenarios/target.ts";
import type { WorldKeys } from "../world/seed.ts";
import type { Values } from "./provider-state.ts";

/** A sandbox to bring states about in: in this process, or behind an address. */
export type StateTarget = Pick<ScenarioTarget, "control" | "request">;

export type CallingProvider = "META" | "EVO_GO";
export type Direction = "INBOUND" | "OUTBOUND";
type KeyName = keyof WorldKeys;
type World = Awaited<ReturnType<Control["getWorld"]>>;

/** A request of a state's own that the API has refused. */
export class StateRefused extends Error {
  override readonly name = "StateRefused";
}

/** How long a call waits for the SDP answer of a real peer, in milliseconds of real time. */
const longestOpeningMs = 5_000;

/** Where a provider state is brought about: one world, by the control API and by requests that a client could make. */
export class Stage {
  readonly control: Control;
  readonly world: string;
  readonly #target: StateTarget;
  readonly #start: World;

  private constructor(target: StateTarget, start: World) {
    this.control = target.control;
    this.world = start.id;
    this.#target = target;
    this.#start = start;
  }

  /**
   * Opens a world for a state: from here on nobody in it acts by himself (PACT-007).
   *
   * @throws ControlRefused when there is no such world
   */
  static async open(target: StateTarget, world: string): Promise<Stage> {
    return new Stage(target, await target.control.updateWorld({ w: world, mode: "manual" }));
  }

  /** The number that one of the world's keys opens, with what a pact may want to know of it. */
  number(key: KeyName): { readonly key: string; readonly number: string; readonly numberId: string } {
    const secret = this.#start.keys[key];
    const found = this.#start.numbers.find((number) => number.key === secret);
    if (found === undefined) throw new StateRefused(`The world ${this.world} has no number with the key ${secret}.`);
    return { key: secret, number: found.number, numberId: found.id };
  }

  /** Makes a request to the Calls API, as a client would; `path` begins behind `/v1`. */
  async request(key: KeyName, method: string, path: string, body?: object): Promise<Readonly<Record<string, unknown>>> {
    const response = await this.#target.request(`/v1${path}`, {
      method,
      headers: {
        "x-api-key": this.#start.keys[key],
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer: unknown = await response.json().catch(() => null);
    if (response.ok) return isMap(answer) ? answer : {};
    const reason = isMap(answer) ? String(answer["error"]) : "";
    throw new StateRefused(`${method} /v1${path} was answered ${response.status}. ${reason}`.trim());
  }

  /** The world goes back to its beginning, but people still do nothing of themselves. */
  async reset(): Promise<void> {
    await this.control.resetWorld({ w: this.world });
    await this.control.updateWorld({ w: this.world, mode: "manual" });
  }

  /** World time passes, where it stands still otherwise. */
  async pass(by: string): Promise<void> {
    if (this.#start.clock.mode === "virtual") await this.control.advanceClock({ w: this.world, by });
  }

  /** A person calls the business. */
  async inboundCall(provider: CallingProvider, phone: string): Promise<Values> {
    const { key, number } = this.number(keyOf(provider));
    const { id, externalCallId } = await this.control.createInboundCall({ w: this.world, to: number, from: phone });
    return callValues({ id, externalCallId, key, number, phone });
  }

  /** The business calls a person, who has allowed it by then. */
  async outboundCall(provider: CallingProvider, phone: string): Promise<Values> {
    const { key, number } = this.number(keyOf(provider));
    if (provider === "META" && !(await this.#isAllowed(phone))) await this.allow(phone, "temporary");
    const sdp = provider === "META" ? { sdp: sampleOffer, sdpType: "offer" } : {};
    const answer = await this.request(keyOf(provider), "POST", "/calls", { to: phone, ...sdp });
    const id = String(answer["id"]);
    if (provider === "META") await this.#sdpAnswered(id);
    return callValues({ id, externalCallId: String(answer["externalCallId"]), key, number, phone });
  }

  async allow(phone: string, permission: "none" | "temporary" | "permanent"): Promise<void> {
    await this.control.putContact({ w: this.world, phone, permission });
  }

  /** The business picks up. */
  async accept(provider: CallingProvider, callId: string): Promise<void> {
    const body = provider === "META" ? { sdp: sampleAnswer, sdpType: "answer" } : undefined;
    await this.request(keyOf(provider), "POST", `/calls/${callId}/accept`, body);
  }

  /** The person does something with their phone. */
  async person(callId: string, action: "ring" | "answer" | "reject" | "hang-up"): Promise<void> {
    await this.control.actAsPerson({ w: this.world, callId, action });
  }

  async #isAllowed(phone: string): Promise<boolean> {
    const { permission } = await this.request("meta", "GET", `/calls/permissions?to=${encodeURIComponent(phone)}`);
    return isMap(permission) && permission["status"] !== "no_permission";
  }

  /** A real peer takes a moment to answer; a template has answered already. */
  async #sdpAnswered(callId: string): Promise<void> {
    const deadline = performance.now() + longestOpeningMs;
    while (performance.now() < deadline) {
      const { sdpAnswer } = await this.request("meta", "GET", `/calls/${callId}?includeSdp=1`);
      if (sdpAnswer !== null) return;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}

/** The key of the number that a world has of each provider. */
export function keyOf(provider: CallingProvider): "meta" | "evo" {
  return provider === "META" ? "meta" : "evo";
}

function callValues(call: { id: string; externalCallId: string | null; key: string; number: string; phone: string }) {
  const { id, externalCallId, phone, ...rest } = call;
  return { callId: id, externalCallId: externalCallId ?? "", ...rest, phone: phone.replace(/\D/g, "") };
}
