import type { JsonResponse } from "../api/json-response.ts";
import type { WorldClock } from "../world/clock.ts";
import type { Connection } from "./connection.ts";
import { pause } from "./pause.ts";
import type { RequestStrike } from "./strike-request.ts";

/** An answer after a rule has touched it, as it leaves and as the log keeps it. */
export interface Disturbed {
  /** Null: there is none, the connection was reset. */
  readonly response: Response | null;
  readonly status: number | null;
  readonly text: string | null;
  /** Whether the waits that belong to it took place; null when there are none. */
  readonly waited: boolean | null;
}

export interface Surroundings {
  readonly clock: WorldClock;
  /** The client hanging up. */
  readonly signal: AbortSignal;
  readonly connection: Connection | null;
}

/**
 * Does to an answer what a rule says, and marks it with the rule (ERR-008). Waits are real time; on a virtual clock they
 * are left out, since nothing that waits may hold up a test whose time stands still (CTRL-063).
 */
export async function disturb(strike: RequestStrike, sent: JsonResponse, around: Surroundings): Promise<Disturbed> {
  const { effect, id } = strike;
  const { response, status, text } = sent;
  const waits = around.clock.mode === "real";
  response.headers.set(faultHeader, id);
  switch (effect.type) {
    case "latency":
      if (waits) await pause(effect.ms, around.signal);
      return { response, status, text, waited: waits };
    case "status": {
      if (effect.body === "json") break;
      const page = `<html><head><title>${status}</title></head><body><center><h1>${status}</h1></center></body></html>\n`;
      return { response: alike(response, page, "text/html"), status, text: page, waited: null };
    }
    case "reset":
      around.connection?.reset();
      return { response: null, status: null, text: null, waited: null };
    case "half-body":
      return { ...half(sent, around.connection !== null), status, waited: null };
    case "drip": {
      const wait = () => (waits ? pause(effect.everyMs, around.signal) : Promise.resolve());
      return { response: alike(response, dripping(text ?? "", effect.bytes, wait)), status, text, waited: waits };
    }
    default:
  }
  return { response, status, text, waited: null };
}

export const faultHeader = "x-sandbox-fault";

function alike(
  { status, headers }: Response,
  body: string | ReadableStream<Uint8Array>,
  contentType?: string,
): Response {
  const same = new Headers(headers);
  if (contentType !== undefined) same.set("content-type", contentType);
  return new Response(body, { status, headers: same });
}

/**
 * Over a connection the length of the whole is announced and the connection ends after half of it; in process the body
 * fails in the middle, as that of a broken connection does.
 */
function half({ response, text }: JsonResponse, overConnection: boolean): Pick<Disturbed, "response" | "text"> {
  const bytes = new TextEncoder().encode(text ?? "");
  const part = bytes.slice(0, Math.floor(bytes.length / 2));
  const pieces = [part];
  const body = new ReadableStream<Uint8Array>(
    {
      pull: (controller) => {
        const piece = pieces.shift();
        if (piece !== undefined) controller.enqueue(piece);
        else if (overConnection) controller.close();
        else controller.error(new TypeError("terminated: a fault rule ended the connection"));
      },
    },
    { highWaterMark: 0 },
  );
  const broken = alike(response, body);
  broken.headers.set("content-length", String(bytes.length));
  if (overConnection) broken.headers.set("connection", "close");
  return { response: broken, text: new TextDecoder().decode(part) };
}

/** A body that comes in pieces, each after a wait, at the pace at which it is read. */
function dripping(text: string, size: number, wait: () => Promise<void>): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  let offset = 0;
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        await wait();
        controller.enqueue(bytes.slice(offset, offset + size));
        offset += size;
        if (offset >= bytes.length) controller.close();
      },
    },
    { highWaterMark: 0 },
  );
}
