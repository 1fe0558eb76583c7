import { DAY, HOUR, type Instant, SECOND } from "../../../mock/domain/time.ts";

/** What a number of the model may do; small figures, so that every limit is met. */
export interface ModelLimits {
  readonly bicScope: "number" | "pair";
  readonly connectedCallsPer24h: number;
  readonly newCallsPer24h: number;
  readonly concurrentCalls: number;
  readonly permissionRequestsPer24h: number;
  readonly permissionRequestsPer7d: number;
  readonly revokeAfterUnanswered: number;
  readonly ringTimeoutSeconds: number;
}

export interface ModelCall {
  readonly meta: boolean;
  readonly person: string;
  readonly outbound: boolean;
  readonly placedAt: Instant;
  status: string;
  connectedAt: Instant | null;
  endedAt: Instant | null;
}

export interface ModelPair {
  /** Infinity when permanent, 0 when there is none. */
  permittedUntil: number;
  windowClosesAt: Instant;
  unanswered: number;
  requests: readonly Instant[];
  /** Until when the last request can be answered. */
  answerableUntil: number;
}

const day = 24 * HOUR;

/**
 * One META and one EVO_GO number in a world where nobody acts by themselves. It knows no events, no indexes and no
 * windows: it keeps every call for ever and counts by looking at all of them. Each method answers "ok" or the code of
 * the refusal.
 */
export class Model {
  now: Instant;
  readonly calls: ModelCall[] = [];
  readonly #limits: ModelLimits;
  readonly #pairs = new Map<string, ModelPair>();
  readonly #start: Instant;

  constructor(now: Instant, limits: ModelLimits) {
    this.now = now;
    this.#start = now;
    this.#limits = limits;
  }

  pair(person: string): ModelPair {
    const known = this.#pairs.get(person);
    if (known !== undefined) return known;
    const fresh = {
      permittedUntil: 0,
      windowClosesAt: this.#start + day,
      unanswered: 0,
      requests: [],
      answerableUntil: 0,
    };
    this.#pairs.set(person, fresh);
    return fresh;
  }

  permitted(person: string): "none" | "temporary" | "permanent" {
    const until = this.pair(person).permittedUntil;
    if (until <= this.now) return "none";
    return until === Number.POSITIVE_INFINITY ? "permanent" : "temporary";
  }

  advance(milliseconds: number): void {
    const target = this.now + milliseconds;
    const ring = this.#limits.ringTimeoutSeconds * SECOND;
    for (const call of this.calls) {
      if (call.endedAt !== null || call.connectedAt !== null || call.placedAt + ring > target) continue;
      this.now = call.placedAt + ring;
      this.#end(call, call.outbound ? "COMPLETED" : "MISSED");
    }
    this.now = target;
  }

  start(meta: boolean, person: string): string {
    const refusal = meta ? this.#refuseStart(person) : null;
    if (refusal !== null) return refusal;
    this.#place({ meta, person, outbound: true, status: "INITIATED" });
    return "ok";
  }

  receive(meta: boolean, person: string): string {
    if (meta) {
      if (this.#live(person) > 0 || this.#live() >= this.#limits.concurrentCalls) return "INBOUND_CALL_NOT_POSSIBLE";
      const pair = this.pair(person);
      pair.windowClosesAt = this.now + day;
      if (this.permitted(person) !== "permanent") this.#permit(pair, this.now + 7 * day);
    }
    this.#place({ meta, person, outbound: false, status: "RINGING" });
    return "ok";
  }

  business(call: ModelCall, action: "accept" | "reject" | "terminate"): string {
    const ringing = !call.outbound && call.status === "RINGING";
    if (action === "terminate" ? call.endedAt !== null : !ringing) return "INVALID_CALL_STATE";
    if (action === "accept") this.#answer(call);
    else this.#end(call, action === "reject" ? "REJECTED" : "COMPLETED");
    return "ok";
  }

  person(call: ModelCall, action: "ring" | "answer" | "reject" | "hang-up" | "fail"): string {
    const open = call.endedAt === null;
    const waits = call.outbound && open && call.connectedAt === null;
    const may = { ring: call.status === "INITIATED", answer: waits, reject: waits, "hang-up": open, fail: open };
    if (!may[action]) return "PERSON_CANNOT_DO_THAT";
    if (action === "ring") call.status = "RINGING";
    if (action === "reject") this.#end(call, "REJECTED");
    if (action === "fail") this.#end(call, "FAILED");
    if (action === "hang-up") this.#end(call, call.outbound || call.connectedAt !== null ? "COMPLETED" : "MISSED");
    if (action === "answer") {
      this.#answer(call);
      if (call.meta) this.pair(call.person).windowClosesAt = this.now + day;
    }
    return "ok";
  }

  ask(person: string): string {
    const pair = this.pair(person);
    if (this.permitted(person) === "permanent") return "META_CALL_PERMISSION_ALREADY_PERMANENT";
    const within = (length: number) => pair.requests.filter((at) => at > this.now - length).length;
    const full =
      within(DAY) >= this.#limits.permissionRequestsPer24h || within(7 * DAY) >= this.#limits.permissionRequestsPer7d;
    if (full) return "META_CALL_PERMISSION_REQUEST_LIMIT";
    if (pair.windowClosesAt <= this.now) return "META_OUTSIDE_24H_WINDOW";
    pair.requests = [...pair.requests, this.now];
    pair.answerableUntil = this.now + 7 * day;
    return "ok";
  }

  reply(person: string, yes: boolean, forGood: boolean): string {
    const pair = this.pair(person);
    const asked = pair.answerableUntil > this.now;
    if (yes && !forGood && !asked) return "NO_PERMISSION_REQUEST";
    if (asked) pair.answerableUntil = this.now + 7 * day;
    const keeps = forGood || this.permitted(person) === "permanent";
    if (!yes) this.#permit(pair, 0);
    else this.#permit(pair, keeps ? Number.POSITIVE_INFINITY : this.now + 7 * day);
    return "ok";
  }

  #refuseStart(person: string): string | null {
    const recent = this.calls.filter(({ meta, outbound }) => meta && outbound);
    const connected = recent.filter(
      (call) =>
        call.connectedAt !== null &&
        call.connectedAt > this.now - day &&
        (this.#limits.bicScope === "number" || call.person === person),
    );
    if (this.permitted(person) === "none") return "META_CALL_PERMISSION_REQUIRED";
    if (this.#live(person) > 0) return "META_CALL_ALREADY_IN_PROGRESS";
    if (connected.length >= this.#limits.connectedCallsPer24h) return "META_CALL_LIMIT";
    const placed = recent.filter(({ placedAt }) => placedAt > this.now - day);
    if (placed.length >= this.#limits.newCallsPer24h) return "META_CALL_RATE_LIMIT";
    return this.#live() >= this.#limits.concurrentCalls ? "META_CONCURRENT_CALL_LIMIT" : null;
  }

  #live(person?: string): number {
    const open = this.calls.filter(({ meta, endedAt }) => meta && endedAt === null);
    return open.filter((call) => person === undefined || call.person === person).length;
  }

  #place(call: Pick<ModelCall, "meta" | "person" | "outbound" | "status">): void {
    this.calls.push({ ...call, placedAt: this.now, connectedAt: null, endedAt: null });
  }

  #answer(call: ModelCall): void {
    call.status = "ACCEPTED";
    call.connectedAt = this.now;
    if (!call.meta) return;
    this.pair(call.person).unanswered = 0;
    this.pair(call.person).requests = [];
  }

  #end(call: ModelCall, status: string): void {
    call.status = status;
    call.endedAt = this.now;
    if (!call.meta || !call.outbound || call.connectedAt !== null || status === "FAILED") return;
    const pair = this.pair(call.person);
    pair.unanswered++;
    const granted = this.permitted(call.person) !== "none";
    if (granted && pair.unanswered >= this.#limits.revokeAfterUnanswered) this.#permit(pair, 0);
  }

  #permit(pair: ModelPair, until: number): void {
    pair.permittedUntil = until;
    pair.unanswered = 0;
  }
}
