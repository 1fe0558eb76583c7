import type { ApiOperationId } from "../../spec/generated/operations.ts";
import type { ControlArguments } from "../control/control.ts";
import type { PersonAction } from "../domain/commands.ts";
import type { WorldMode } from "../domain/state.ts";
import type { WebhookEvent } from "../domain/subscription.ts";
import type { FaultBody } from "../faults/rule.ts";
import type { ClockMode } from "../world/clock.ts";
import type { WorldKeys } from "../world/seed.ts";

/** A story that is played against a client, exactly as it stands in a file (spec/scenario.schema.json). */
export interface Scenario {
  readonly name: string;
  /** Which of the twenty field bugs it brings about. */
  readonly bug?: number;
  /** What happens, in one sentence. */
  readonly about: string;
  /** What a correct client does, in one sentence. */
  readonly correct: string;
  /** `virtual` unless given: time passes only by the scenario's own steps. */
  readonly clock?: ClockMode;
  /** `manual` unless given: people do only what the scenario says. */
  readonly mode?: WorldMode;
  /** What the client's receiver hears of; everything unless given. */
  readonly events?: readonly WebhookEvent[];
  readonly steps: readonly Step[];
}

/** Values by their path in a body. In Meta's own events paths begin below `entry[0].changes[0].value`. */
export type Fields = Readonly<Record<string, Scalar>>;
export type Scalar = string | number | boolean | null;

/** Every kind of step, with what stands behind its name. */
export interface StepBodies {
  /** A line for whoever watches. */
  readonly say: string;
  readonly contact: Contact;
  readonly number: NumberChange;
  readonly fault: FaultBody;
  readonly clearFaults: true;
  /** A person calls the business; on the META number unless `to` says otherwise. */
  readonly inboundCall: InboundCall;
  /** The scenario itself places a call, as another program of the business would. */
  readonly startCall: { readonly to: string; readonly key?: "meta" | "evo"; readonly bizOpaqueCallbackData?: string };
  readonly person: Person;
  readonly permissionReply: {
    readonly phone: string;
    readonly response: "accept" | "reject";
    readonly permanent?: boolean;
  };
  /** Time of the world passes; on a real clock the scenario waits. */
  readonly advance: string;
  /** Real time passes. */
  readonly wait: string;
  readonly request: ApiRequest;
  readonly resend: Resend;
  readonly ask: Ask;
  readonly expectDelivery: ExpectDelivery;
  readonly expectRequest: ExpectRequest;
  readonly verdict: Verdict;
}

export type StepKind = keyof StepBodies;

/** One step: a map with one name. */
export type Step = { [Kind in StepKind]: { readonly [Name in Kind]: StepBodies[Kind] } }[StepKind];

export type Contact = Omit<ControlArguments<"putContact">, "w">;
export type NumberChange = Omit<ControlArguments<"updateNumber">, "w" | "id"> & { readonly number: string };
export type InboundCall = Omit<ControlArguments<"createInboundCall">, "w" | "to"> & { readonly to?: string };
export interface Person {
  readonly action: PersonAction["do"];
  readonly code?: string;
  readonly pattern?: string;
  readonly digits?: string;
}

/** A request of the scenario's own to the Calls API. */
export interface ApiRequest {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE" | "PUT";
  /** What follows `/v1`. */
  readonly path: string;
  readonly key?: keyof WorldKeys;
  readonly body?: Readonly<Record<string, unknown>>;
  /** The answer that must come. */
  readonly status?: number;
  readonly code?: string;
  /** Names that later steps can use as `{name}`, each for a value in the answer. */
  readonly capture?: Readonly<Record<string, string>>;
}

/** The newest event of a name is sent again, changed, under a new `webhook-id`, and signed like the first. */
export interface Resend {
  readonly event: WebhookEvent;
  readonly where?: Fields;
  readonly change?: Fields;
  readonly remove?: readonly string[];
  /** Texts in the payload, each with what takes its place. */
  readonly replace?: Readonly<Record<string, string>>;
}

/** The client is to do something that no event leads to: a person has to press a button. */
export interface Ask {
  readonly do: ApiOperationId;
  readonly text: string;
  /** Whom it is about. */
  readonly to?: string;
  readonly times?: number;
}

/** An event must reach the client's receiver and be answered with 2xx. */
export interface ExpectDelivery {
  readonly event: WebhookEvent;
  readonly fields?: Fields;
  /** What must not be in it. */
  readonly absent?: readonly string[];
  readonly count?: number;
  readonly within?: string;
}

/** The client must make a request, or must not. */
export interface ExpectRequest {
  readonly operation: ApiOperationId;
  readonly never?: true;
  readonly atMost?: number;
  readonly status?: number;
  readonly code?: string;
  readonly body?: Fields;
  readonly sdp?: { readonly has?: string; readonly lacks?: string };
  /** Only once this other operation, if there was one, has been answered. */
  readonly after?: ApiOperationId;
  readonly within?: string;
}

/** What only the client's owner can see; `about` and `is` let a test answer in their place. */
export interface Verdict {
  readonly text: string;
  readonly about?: string;
  readonly is?: Scalar;
}

/** The names of all kinds of steps. */
export const stepKinds = [
  "say",
  "contact",
  "number",
  "fault",
  "clearFaults",
  "inboundCall",
  "startCall",
  "person",
  "permissionReply",
  "advance",
  "wait",
  "request",
  "resend",
  "ask",
  "expectDelivery",
  "expectRequest",
  "verdict",
] as const satisfies readonly StepKind[];
