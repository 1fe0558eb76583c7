import type { SentRequest } from "../../exchange/exchange.ts";
import { keysOf, type RecordedExchange, type Recording, type ReplayResult, replay } from "../../recording/index.ts";
import { CaseSkipped } from "../result.ts";
import type { ReplayPlace } from "./place.ts";

/** What became of one request of a recording. */
export interface Replayed {
  /** Its place in the recording, from 1. */
  readonly number: number;
  readonly request: string;
  readonly outcome: "same" | "differs" | "failed" | "skipped";
  /** Why there was no answer, or why it was not sent; else null. */
  readonly reason: string | null;
  readonly differences: ReplayResult["differences"];
}

/** Fields that are there or not by what happened before don't make another answer of it; they are told, though. */
const telling: ReadonlySet<string> = new Set(["status", "code", "content-type", "type"]);

/**
 * Sends the requests of a recording again and judges the answers.
 *
 * @param onResult hears of each as soon as it is over
 */
export async function replayRecording(
  recording: Recording,
  place: ReplayPlace,
  onResult: (result: Replayed) => void,
): Promise<readonly Replayed[]> {
  const results: Replayed[] = [];
  const left = new Set<number>();
  let next = 0;
  const options = {
    keys: standIns(recording, place),
    phones: phones(recording, place),
    send: async (request: SentRequest) => {
      const recorded = recording.exchanges[next++];
      if (recorded === undefined) throw new Error("The replay sends more than was recorded.");
      try {
        const refusal = place.refuse(recorded, request);
        if (refusal !== null) throw new CaseSkipped(refusal);
        await place.prepare(recorded, request);
        return await place.send(request);
      } catch (error) {
        if (error instanceof CaseSkipped) left.add(recorded.number);
        throw error;
      }
    },
  };
  for await (const result of replay(recording, options)) {
    const replayed = judged(result, left.has(result.recorded.number));
    results.push(replayed);
    onResult(replayed);
  }
  return results;
}

function judged({ recorded, failure, differences }: ReplayResult, isLeft: boolean): Replayed {
  if (isLeft) return { ...head(recorded), outcome: "skipped", reason: failure, differences: [] };
  const differs = differences.some(({ kind }) => telling.has(kind));
  const outcome = failure !== null ? "failed" : differs ? "differs" : "same";
  return { ...head(recorded), outcome, reason: failure, differences };
}

function head({ number, request }: RecordedExchange) {
  return { number, request: `${request.method} ${request.target}` };
}

/** A recorded key becomes the one that is there for its provider; where nothing shows the provider, it stays refused. */
function standIns(recording: Recording, { keys }: ReplayPlace): Readonly<Record<string, string>> {
  return Object.fromEntries(
    keysOf(recording).flatMap(({ standIn, provider }) => {
      const key = provider === null ? undefined : keys[provider];
      return key === undefined ? [] : [[standIn, key]];
    }),
  );
}

/** Phones of a recording are stand-ins that begin with 999; on a live service only one may take their place. */
function phones({ exchanges }: Recording, { phone }: ReplayPlace): Readonly<Record<string, string>> {
  if (phone === null) return {};
  const sent = exchanges.map(({ request }) => `${request.target} ${request.body ?? ""}`).join(" ");
  return Object.fromEntries([...sent.matchAll(/999\d{5,12}/g)].map(([standIn]) => [standIn, phone]));
}
