import type { Call, CallId, CallSdp } from "./call.ts";
import { noSdp } from "./call.ts";
import type { NumberId } from "./number.ts";
import type { Instant } from "./time.ts";

/** Session descriptions of that many ended calls stay readable (assumption; keeps a finished call under 1.5 KB). */
export const endedSdpsKept = 1_000;

/** The session descriptions of a store, as they are written down. */
export interface CallStoreDump {
  readonly sdps: readonly (readonly [CallId, CallSdp])[];
  readonly ended: readonly CallId[];
}

/** What readers may do with the calls of a world. */
export type CallReader = Pick<
  CallStore,
  "get" | "find" | "page" | "latest" | "sdp" | "dumpSdps" | "size" | "all" | "newestOf"
>;

/**
 * The calls of one world: a map by id, one by the provider's id, and a list per number in creation order, so that
 * reading one call takes constant time and a page O(log n + page).
 */
export class CallStore {
  readonly #byId = new Map<CallId, Call>();
  readonly #idByExternalId = new Map<string, CallId>();
  readonly #byNumber = new Map<NumberId, CallId[]>();
  readonly #sdps = new Map<CallId, CallSdp>();
  readonly #endedWithSdp: CallId[] = [];
  #latest: CallId | null = null;

  get size(): number {
    return this.#byId.size;
  }

  get(id: CallId): Call | undefined {
    return this.#byId.get(id);
  }

  /** Finds a number's call by any of its ids: `call_…`, `wacid.…` or EVO_GO's own. */
  find(numberId: NumberId, anyId: string): Call | undefined {
    const call = this.#byId.get(anyId) ?? this.#byId.get(this.#idByExternalId.get(anyId) ?? "");
    return call?.numberId === numberId ? call : undefined;
  }

  /** The call that was created last, or one named by either id, whichever number it belongs to. */
  latest(anyId = "latest"): Call | undefined {
    const id = anyId === "latest" ? this.#latest : (this.#idByExternalId.get(anyId) ?? anyId);
    return id === null ? undefined : this.#byId.get(id);
  }

  /** One page of a number's calls, newest first, only those created strictly before `before`. */
  page(numberId: NumberId, limit: number, before: Instant | null): Call[] {
    const ids = this.#byNumber.get(numberId) ?? [];
    const end = before === null ? ids.length : this.#firstNotBefore(ids, before);
    const page: Call[] = [];
    for (let index = end - 1; index >= 0 && page.length < limit; index--) {
      const call = this.#byId.get(ids[index] ?? "");
      if (call !== undefined) page.push(call);
    }
    return page;
  }

  newestOf(numberId: NumberId): Call | undefined {
    return this.page(numberId, 1, null)[0];
  }

  all(): IterableIterator<Call> {
    return this.#byId.values();
  }

  sdp(id: CallId): CallSdp {
    return this.#sdps.get(id) ?? noSdp;
  }

  dumpSdps(): CallStoreDump {
    return { sdps: [...this.#sdps], ended: [...this.#endedWithSdp] };
  }

  loadSdps(dump: CallStoreDump): void {
    for (const [id, sdp] of dump.sdps) this.#sdps.set(id, sdp);
    this.#endedWithSdp.push(...dump.ended);
  }

  add(call: Call): void {
    this.#byId.set(call.id, call);
    this.#idByExternalId.set(call.externalCallId, call.id);
    const ids = this.#byNumber.get(call.numberId);
    if (ids === undefined) this.#byNumber.set(call.numberId, [call.id]);
    else ids.push(call.id);
    this.#latest = call.id;
  }

  replace(call: Call): void {
    this.#byId.set(call.id, call);
    if (call.endedAt !== null && this.#sdps.has(call.id)) this.#keepEndedSdp(call.id);
  }

  setSdp(id: CallId, sdp: CallSdp): void {
    this.#sdps.set(id, sdp);
  }

  #keepEndedSdp(id: CallId): void {
    this.#endedWithSdp.push(id);
    if (this.#endedWithSdp.length > endedSdpsKept) {
      const oldest = this.#endedWithSdp.shift();
      if (oldest !== undefined) this.#sdps.delete(oldest);
    }
  }

  #firstNotBefore(ids: readonly CallId[], before: Instant): number {
    let low = 0;
    let high = ids.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const call = this.#byId.get(ids[middle] ?? "");
      if (call !== undefined && call.createdAt < before) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
