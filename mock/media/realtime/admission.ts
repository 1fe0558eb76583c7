import type { BehaviourId } from "../../../spec/generated/behaviour-ids.ts";
import type { RealtimeMode } from "../../domain/realtime-token.ts";
import type { GatewayStatus } from "../../faults/rule.ts";
import type { RealtimeSession } from "./session.ts";
import type { Wire } from "./wire.ts";

/** What a client asked for: the token decides, the call in the path only helps to say whose attempt it was. */
export interface UpgradeRequest {
  readonly callRef: string | null;
  readonly token: string | null;
}

/** Whether a client may have a socket. */
export type Admission =
  | { readonly ok: true; readonly mode: RealtimeMode; readonly open: (wire: Wire) => RealtimeSession }
  | UpgradeRefused;

export interface UpgradeRefused {
  readonly ok: false;
  readonly status: 401 | 404 | 409 | GatewayStatus;
  /** Where the options say so the socket opens and closes with this code instead. */
  readonly closeWith: number | null;
  /** The text for the client. */
  readonly error: string;
  /** Why, for the timeline: the client of the real service isn't told. */
  readonly cause: string;
  readonly behaviour: BehaviourId;
}
