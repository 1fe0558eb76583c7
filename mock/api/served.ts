import type { OperationSpec } from "../../spec/generated/operations.ts";
import type { CallId } from "../domain/call.ts";
import type { NumberId } from "../domain/number.ts";
import type { Instant } from "../domain/time.ts";
import type { Connection } from "../faults/connection.ts";
import type { RequestStrike } from "../faults/strike-request.ts";
import type { Place, Worlds } from "../world/worlds.ts";
import type { MetaErrorStatus } from "./error-body.ts";
import type { Outcome } from "./outcome.ts";
import type { ResponseCheck } from "./response-check.ts";

/** What serving needs besides the operation itself. */
export interface Serving {
  readonly worlds: Worlds;
  readonly metaErrorStatus: MetaErrorStatus;
  readonly checkResponse: ResponseCheck | null;
}

/** A request as it came, with what the router has found in it. */
export interface Incoming {
  readonly request: Request;
  readonly path: Readonly<Record<string, string>>;
  /** Path and query, without the origin. */
  readonly target: string;
  readonly header: (name: string) => string | undefined;
  /** The client's end, where the door has one. */
  readonly connection?: Connection | undefined;
}

/** What is known of a request as soon as it arrives. */
export interface Arrived {
  readonly began: number;
  readonly ordinal: number;
  readonly seq: number;
  readonly at: Instant;
  readonly operation: OperationSpec;
  readonly incoming: Incoming;
}

/** What is known of a request while it is served; the log gets all of it. */
export interface Served {
  readonly place: Place;
  readonly outcome: Outcome<unknown>;
  readonly numberId: NumberId | null;
  readonly callId: CallId | null;
  readonly text: string | null;
  /** The fault rule that struck it. */
  readonly strike?: RequestStrike | null;
}
