import { onTestFinished } from "vitest";
import type { Sandbox } from "../../mock/sandbox.ts";
import type { Asked, Question, ScenarioOptions, ScenarioStart } from "../../mock/scenarios/index.ts";
import { answer, offer } from "../support/sandbox.ts";
import { type Received, receiver } from "../webhooks/receiver.ts";

/** What a client may get wrong: each is one of the twenty field bugs. */
export type Quirk =
  | "answers-ended-calls"
  | "connect-is-answer"
  | "status-is-for-messages"
  | "strict-parser"
  | "trusts-the-status"
  | "three-fingerprints"
  | "mdns-candidates"
  | "sends-an-offer"
  | "failure-is-an-end"
  | "stays-passive"
  | "keeps-actpass"
  | "fires-both-at-once"
  | "deaf-to-messages"
  | "own-list"
  | "asks-each-time"
  | "last-end-wins"
  | "hangs-up-when-refused"
  | "drops-unknown-calls"
  | "tries-again"
  | "hangs-up-twice"
  | "refusal-is-dialling";

interface View {
  state: string;
  durationSeconds: number | null;
  id: string | null;
}

// biome-ignore lint/suspicious/noExplicitAny: payloads and answers of the API, as a small client reads them
type Json = any;

const over = ["completed", "unanswered", "declined", "failed"];

/**
 * A small calling product: a receiver, a table of calls, and buttons. Without a quirk it does everything right.
 *
 * @returns options of `runScenario` that put it to the test
 */
export async function client(sandbox: Sandbox, quirk: Quirk | null = null): Promise<ScenarioOptions> {
  const product = new Product(sandbox, quirk);
  const hook = await receiver((received) => product.take(received));
  onTestFinished(() => product.finish());
  return {
    webhook: hook.url,
    patienceMs: quirk === null ? 5_000 : quirk === "drops-unknown-calls" ? 800 : 300,
    settleMs: 60,
    onStart: (start) => product.start(start),
    onAsk: (asked) => product.press(asked),
    look: (question) => product.look(question),
  };
}

class Product {
  readonly #sandbox: Sandbox;
  readonly #quirk: Quirk | null;
  /** By Meta's id of the call, which every event has. */
  readonly #calls = new Map<string, View>();
  readonly #answering = new Set<string>();
  readonly #work: Promise<unknown>[] = [];
  #key = "";
  #permission = "none";
  #problem = "";
  #remoteSetup = "";
  #dialling = false;

  constructor(sandbox: Sandbox, quirk: Quirk | null) {
    this.#sandbox = sandbox;
    this.#quirk = quirk;
  }

  start({ keys }: ScenarioStart): void {
    this.#key = keys.meta;
  }

  async finish(): Promise<void> {
    await Promise.allSettled(this.#work);
  }

  /** Takes a webhook and says with which status. */
  take({ body, verified }: Received): number {
    if (!verified) return 401;
    const change = body.entry?.[0].changes[0];
    if (change === undefined) this.#takeFlat(body);
    else if (change.field === "calls") return this.#takeCalls(change.value);
    else if (!this.#is("deaf-to-messages")) this.#takeMessages(change.value);
    return 200;
  }

  look({ about }: Question): unknown {
    const call = [...this.#calls.values()].at(-1);
    const shown: Record<string, unknown> = {
      callState: call?.state ?? (this.#dialling ? "ringing" : "none"),
      durationSeconds: call?.durationSeconds ?? null,
      permission: this.#permission,
      problem: this.#problem,
      remoteSetup: this.#remoteSetup,
      soundBeforeAccept: false,
    };
    return shown[about];
  }

  /** Somebody presses a button. */
  async press(asked: Asked): Promise<void> {
    const { times = 1, to = "" } = asked;
    for (let count = 0; count < times; count++) {
      if (asked.do === "startCall") await this.#place(to);
      if (asked.do === "requestCallPermission") await this.#askPermission(to);
      if (asked.do === "updateCallingSettings") await this.#enable();
      if (asked.do === "terminateCall") await this.#hangUp(asked.callId ?? "");
    }
  }

  async #place(to: string): Promise<void> {
    if (this.#is("own-list") && this.#permission !== "granted") return;
    if (this.#is("deaf-to-messages") && this.#permission !== "granted" && to !== "+5511999999999") return;
    await this.#api("GET", `/calls/permissions?to=${encodeURIComponent(to)}`);
    const { status, body } = await this.#api("POST", "/calls", { to, sdp: offer });
    if (status === 201) this.#view(body.externalCallId, body.id);
    else if (this.#is("refusal-is-dialling")) this.#dialling = true;
    else this.#calls.set("refused", { state: "refused", durationSeconds: null, id: null });
  }

  async #askPermission(to: string): Promise<void> {
    if (this.#permission === "asked" && !this.#is("asks-each-time")) return;
    this.#permission = "asked";
    await this.#api("POST", "/calls/permissions/request", { to });
  }

  async #enable(): Promise<void> {
    const { status, body } = await this.#api("PUT", "/calls/settings", { status: "ENABLED" });
    this.#problem = status === 200 ? "" : "calls";
    if (status !== 200 && this.#is("tries-again")) await this.#api("PUT", "/calls/settings", { status: "ENABLED" });
    if (status !== 200 && body.code !== "META_CALLING_PREREQUISITES_MISSING") throw new Error(body.error);
  }

  async #hangUp(callId: string): Promise<void> {
    const call = [...this.#calls.values()].find(({ id }) => id === callId);
    if (over.includes(call?.state ?? "") && !this.#is("hangs-up-twice")) return;
    await this.#api("POST", `/calls/${callId}/terminate`);
  }

  #takeMessages({ messages = [] }: Json): void {
    for (const { interactive } of messages) {
      if (interactive.call_permission_reply.response === "accept") this.#permission = "granted";
    }
  }

  #takeFlat(event: Json): void {
    if (event.event === "call.permission_updated") {
      this.#permission = "granted";
      return;
    }
    if (this.#is("drops-unknown-calls") && !this.#calls.has(event.externalCallId)) return;
    const call = this.#view(event.externalCallId, event.callId);
    if (event.event === "call.ringing") this.#rings(event.externalCallId, event.direction === "INBOUND");
    if (event.event === "call.connected") this.#move(call, "answered");
    if (event.event === "call.missed") this.#move(call, "unanswered");
    if (event.event === "call.ended") this.#end(call, event.status, event.durationSeconds);
  }

  #takeCalls({ calls = [], statuses = [], contacts }: Json): number {
    if (this.#is("strict-parser") && (statuses.length > 0 || contacts === undefined)) return 422;
    if (this.#is("drops-unknown-calls") && !this.#calls.has(calls[0]?.id ?? statuses[0]?.id)) return 200;
    for (const status of statuses) this.#takeStatus(status);
    for (const one of calls) {
      const call = this.#view(one.id);
      if (one.event === "connect") this.#connects(call, one);
      if (one.event === "terminate") this.#end(call, one.status, one.duration);
    }
    return 200;
  }

  #takeStatus({ id, type, status }: Json): void {
    if (type !== "call" || this.#is("status-is-for-messages")) return;
    const call = this.#view(id);
    if (status === "RINGING") this.#move(call, "ringing");
    if (status === "ACCEPTED") this.#move(call, "answered");
    if (status === "REJECTED") this.#move(call, "declined");
  }

  #connects(call: View, { id, direction, session }: Json): void {
    if (direction === "USER_INITIATED") return this.#rings(id, true);
    const setup = /a=setup:(\w+)/.exec(session.sdp)?.[1] ?? "";
    this.#remoteSetup = setup === "actpass" && !this.#is("keeps-actpass") ? "passive" : setup;
    if (this.#is("connect-is-answer")) this.#move(call, "answered");
  }

  #rings(externalCallId: string, inbound: boolean): void {
    const call = this.#view(externalCallId);
    if (over.includes(call.state) && !this.#is("answers-ended-calls")) return;
    this.#move(call, "ringing");
    if (!inbound || this.#answering.has(externalCallId)) return;
    this.#answering.add(externalCallId);
    this.#work.push(this.#answer(externalCallId, call));
  }

  async #answer(externalCallId: string, call: View): Promise<void> {
    const { body: present } = await this.#api("GET", `/calls/${externalCallId}`);
    const open = present.status === "RINGING";
    if (!open && !this.#is("answers-ended-calls") && !this.#is("hangs-up-when-refused")) return;
    const sdp = this.#answerSdp();
    const type = this.#is("sends-an-offer") ? { sdpType: "offer" } : {};
    const preAccepted = this.#api("POST", `/calls/${externalCallId}/pre-accept`, { sdp });
    if (!this.#is("fires-both-at-once")) await preAccepted;
    const { status } = await this.#api("POST", `/calls/${externalCallId}/accept`, { sdp, ...type });
    await preAccepted;
    if (status === 200) this.#move(call, "answered");
    else if (this.#is("hangs-up-when-refused")) await this.#api("POST", `/calls/${externalCallId}/terminate`);
  }

  #answerSdp(): string {
    const extra = "a=fingerprint:sha-1 00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33\r\n";
    if (this.#is("three-fingerprints")) return answer.replace("a=setup:", `${extra}a=setup:`);
    if (this.#is("stays-passive")) return answer.replace("a=setup:active", "a=setup:passive");
    if (this.#is("mdns-candidates")) {
      return answer.replaceAll(/192\.0\.2\.10(?= \d+ typ host)/g, "3f1c7e1a-5a55-4c9e-9d5f-0c1a2b3c4d5e.local");
    }
    return answer;
  }

  #end(call: View, status: string, duration: number | undefined): void {
    const answered = duration !== undefined || this.#is("trusts-the-status");
    const ended = status === "REJECTED" ? "declined" : answered ? "completed" : "unanswered";
    const state = status === "FAILED" && !this.#is("failure-is-an-end") ? "failed" : ended;
    if (over.includes(call.state) && !this.#is("last-end-wins")) return;
    call.state = state;
    call.durationSeconds = duration ?? null;
  }

  /** What is over stays over. */
  #move(call: View, state: string): void {
    if (over.includes(call.state) || (call.state === "answered" && state === "ringing")) return;
    call.state = state;
  }

  #view(externalCallId: string, id: string | null = null): View {
    const call = this.#calls.get(externalCallId) ?? { state: "dialling", durationSeconds: null, id: null };
    call.id ??= id;
    this.#calls.set(externalCallId, call);
    return call;
  }

  #is(quirk: Quirk): boolean {
    return this.#quirk === quirk;
  }

  async #api(method: string, path: string, body?: object): Promise<{ status: number; body: Json }> {
    const response = await this.#sandbox.app.request(`/v1${path}`, {
      method,
      headers: { "x-api-key": this.#key, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: await response.json() };
  }
}
