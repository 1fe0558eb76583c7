import type { Departure, Exchange } from "../exchange/exchange.ts";
import { findOperation } from "../exchange/find-operation.ts";
import { judgeRequest, judgeResponse } from "../exchange/judge.ts";
import { type CapturedBody, readCaptured } from "./captured-body.ts";
import type { Passage } from "./forward.ts";
import { asRecord } from "./hop-by-hop.ts";

/** A request to the Calls API. */
export interface Asked {
  /** Counted from 1, in the order in which requests came. */
  readonly number: number;
  readonly method: string;
  readonly target: string;
}

interface Passed extends Asked {
  readonly passage: Passage;
}

/** What the proxy found out about one request to the Calls API and its answer. */
export interface Finding {
  readonly number: number;
  readonly method: string;
  readonly target: string;
  /** The operation of the document; null where it has none. */
  readonly operation: string | null;
  readonly departures: readonly Departure[];
  /** Request and answer, decoded; null where there was no whole answer, or part of it could not be kept. */
  readonly exchange: Exchange | null;
  /** Why the exchange was not judged, or not all of it. */
  readonly notJudged: string | null;
}

/** Exchanges that wait to be judged; beyond it they pass unjudged. */
const mostWaiting = 10_000;

/** Judges what has passed, one exchange at a time, when the client has long had its answer. */
export class Inspector {
  readonly #report: (finding: Finding) => Promise<void> | void;
  #last: Promise<void> = Promise.resolve();
  #waiting = 0;
  readonly #underWay = new Set<Promise<void>>();
  readonly #failures: unknown[] = [];

  /** @param report hears of every exchange, in the order in which they were completed */
  constructor(report: (finding: Finding) => Promise<void> | void) {
    this.#report = report;
  }

  /** Announces a request that has come in; what is returned hears once what became of it. */
  begin(asked: Asked): (passage: Passage) => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#underWay.add(promise);
    return (passage) => {
      this.#add({ ...asked, passage });
      this.#underWay.delete(promise);
      resolve();
    };
  }

  #add(passed: Passed): void {
    const isTooMuch = this.#waiting >= mostWaiting;
    if (isTooMuch) release(passed.passage);
    this.#waiting++;
    this.#last = this.#last.then(async () => {
      try {
        // Whoever is being served now comes first.
        await new Promise((resolve) => setImmediate(resolve));
        await this.#report(isTooMuch ? unjudged(passed, "the proxy fell behind") : await inspect(passed));
      } catch (error) {
        this.#failures.push(error);
      } finally {
        this.#waiting--;
      }
    });
  }

  /**
   * Resolves when everything that came in has passed, been judged and reported.
   *
   * @throws what a report threw first
   */
  async done(): Promise<void> {
    await Promise.all(this.#underWay);
    await this.#last;
    if (this.#failures.length > 0) throw this.#failures[0];
  }
}

async function inspect(passed: Passed): Promise<Finding> {
  const { method, target, passage } = passed;
  try {
    const finding = unjudged(passed, null);
    if (passage.outcome === "left") return { ...finding, notJudged: "the client left before the end" };
    if (passage.outcome === "unsent") return { ...finding, notJudged: "the proxy could not send it on" };
    const headers = asRecord(passage.requestHeaders);
    const body = await readCaptured(passage.sent, headers);
    const request = { method, target, headers, body: body.text };
    // A cut body is judged too: that it is too large is what there is to say.
    const sent =
      body.departure === null ? await judgeRequest(request) : [{ in: "request" as const, ...body.departure }];
    if (passage.outcome === "failed") {
      return { ...finding, departures: [...sent, { in: "response", path: "", message: passage.why }] };
    }
    const answer = await readCaptured(passage.received, asRecord(passage.responseHeaders));
    const response = { status: passage.status, headers: asRecord(passage.responseHeaders), body: answer.text };
    const received = await judgeAnswer(answer, () => judgeResponse(request, response));
    const isWhole = body.why === null && answer.why === null;
    return {
      ...finding,
      departures: [...sent, ...received],
      exchange: isWhole ? { request, response } : null,
      notJudged: body.why ?? answer.why,
    };
  } finally {
    release(passage);
  }
}

async function judgeAnswer(
  answer: CapturedBody,
  judge: () => Promise<readonly Departure[]>,
): Promise<readonly Departure[]> {
  if (answer.departure !== null) return [{ in: "response", ...answer.departure }];
  return answer.why === null ? judge() : [];
}

function unjudged({ number, method, target }: Passed, notJudged: string | null): Finding {
  const operation = findOperation(method, target).operation?.id ?? null;
  return { number, method, target, operation, departures: [], exchange: null, notJudged };
}

function release(passage: Passage): void {
  passage.sent.release();
  if (passage.outcome === "answered") passage.received.release();
}

/** Whose mistake a departure is: the request is the client's, the answer the service's. */
export function sideOf({ in: where }: Departure): "client" | "service" {
  return where === "request" ? "client" : "service";
}
