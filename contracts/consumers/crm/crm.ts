// In your own project: from "calls-sandbox/client".
import type { MetaCallsEnvelope, WebhookEvent } from "../../client/index.ts";

/** One line of what the CRM shows about a person. */
export interface Activity {
  readonly callId: string | null;
  readonly text: string;
}

/** What Meta itself said about a call, kept beside our own record for when its bill comes. */
export interface MetaRecord {
  readonly wacid: string;
  readonly what: string;
  /** Unix seconds. */
  readonly at: string;
}

/** Keeps what happens in calls with the people who call and are called. */
export class Crm {
  readonly #activities = new Map<string, Activity[]>();
  readonly #mayCall = new Map<string, boolean>();
  readonly metaRecords: MetaRecord[] = [];

  /** What happened with a person, oldest first. */
  activitiesOf(phone: string): readonly Activity[] {
    return this.#activities.get(phone) ?? [];
  }

  /** Whether a person has said that we may call; null when they were never asked. */
  mayCall(phone: string): boolean | null {
    return this.#mayCall.get(phone) ?? null;
  }

  take(event: WebhookEvent): void {
    switch (event.type) {
      case "call.ringing":
        return this.#add(event.payload, event.payload.direction === "INBOUND" ? "calls us" : "is being called");
      case "call.connected":
        return this.#add(event.payload, "talks to us");
      case "call.ended":
        return this.#add(event.payload, endOf(event.payload.status, event.payload.durationSeconds));
      case "call.missed":
        return this.#add(event.payload, "called and was not answered: call back");
      case "call.permission_updated":
        return this.#permit(event.payload.peerNumber, event.payload.status !== "NO_PERMISSION");
      case "calls":
        this.metaRecords.push(...recordsOf(event.payload));
    }
  }

  #permit(phone: string, yes: boolean): void {
    this.#mayCall.set(phone, yes);
    this.#add({ id: null, peerNumber: phone }, yes ? "allows calls" : "does not allow calls");
  }

  #add({ id, peerNumber }: { readonly id: string | null; readonly peerNumber: string }, text: string): void {
    const known = this.#activities.get(peerNumber) ?? [];
    this.#activities.set(peerNumber, [...known, { callId: id, text }]);
  }
}

/** Answered calls have a duration; `COMPLETED` alone says nothing. */
function endOf(status: string, durationSeconds: number | undefined): string {
  if (durationSeconds !== undefined) return `talked for ${durationSeconds} s`;
  return status === "REJECTED" ? "declined" : status === "FAILED" ? "could not be reached" : "did not answer";
}

function recordsOf({ entry }: MetaCallsEnvelope): readonly MetaRecord[] {
  const values = entry.flatMap(({ changes }) => changes.map(({ value }) => value));
  return values.flatMap((value): readonly MetaRecord[] =>
    "statuses" in value
      ? value.statuses.map(({ id, status, timestamp }) => ({ wacid: id, what: status, at: timestamp }))
      : value.calls.map(({ id, event, timestamp }) => ({ wacid: id, what: event, at: timestamp })),
  );
}
