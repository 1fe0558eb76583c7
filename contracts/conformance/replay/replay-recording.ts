import { keysOf, type RecordedExchange, type Recording, type ReplayResult, replay } from "../../recording/index.ts";
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
  const tell = (result: Replayed) => {
    results.push(result);
    onResult(result);
  };
  const allowed = recording.exchanges.filter((exchange) => place.allows(exchange));
  for (const exchange of recording.exchanges) if (!allowed.includes(exchange)) tell(notAllowed(exchange));
  let next = 0;
  const options = {
    keys: standIns(recording, place),
    phones: phones(recording, place),
    send: async (request: Parameters<ReplayPlace["send"]>[0]) => {
      const recorded = allowed[next++];
      if (recorded !== undefined) await place.prepare(recorded, request);
      return place.send(request);
    },
  };
  for await (const result of replay({ exchanges: allowed }, options)) tell(judged(result));
  return results;
}

function notAllowed(exchange: RecordedExchange): Replayed {
  const reason = "would ring a phone, cost money or change the account: --allow-calls and --allow-changes allow it";
  return { ...head(exchange), outcome: "skipped", reason, differences: [] };
}

function judged({ recorded, failure, differences }: ReplayResult): Replayed {
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
