import type { Phone } from "./phone.ts";
import type { CallingSettings } from "./settings.ts";
import type { Instant } from "./time.ts";

export type NumberId = string;

/** How many of what a number may do; Meta's documented figures are the defaults (meta-calling Table B). */
export interface NumberLimits {
  /** What the connected-calls limit (138012) counts: the seed page says the number, Meta's pages say the pair. */
  readonly bicScope: "number" | "pair";
  readonly connectedCallsPer24h: number;
  readonly newCallsPer24h: number;
  readonly concurrentCalls: number;
  readonly permissionRequestsPer24h: number;
  readonly permissionRequestsPer7d: number;
  readonly revokeAfterUnanswered: number;
  readonly probesPerSecond: number;
  readonly ringTimeoutSeconds: number;
}

export const defaultLimits: NumberLimits = {
  bicScope: "number",
  connectedCallsPer24h: 100,
  newCallsPer24h: 10_000,
  concurrentCalls: 1_000,
  permissionRequestsPer24h: 1,
  permissionRequestsPer7d: 2,
  revokeAfterUnanswered: 4,
  probesPerSecond: 100,
  ringTimeoutSeconds: 60,
};

/** What a public test number of Meta's may do instead (meta-calling §2.1). */
export const testNumberLimits = {
  permissionRequestsPer24h: 25,
  permissionRequestsPer7d: 100,
  revokeAfterUnanswered: 10,
} as const satisfies Partial<NumberLimits>;

/** What every number has, whoever provides it. */
interface NumberIdentity {
  readonly id: NumberId;
  readonly number: Phone;
  readonly name: string;
  readonly instanceName: string;
  readonly keyId: string;
  /** The script of people who have none of their own; null leaves it to the world's default. */
  readonly script: string | null;
  readonly limits: NumberLimits;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

/** An official number: Meta's account states live here, because each of them is a documented refusal. */
export interface MetaNumber extends NumberIdentity {
  readonly provider: "META";
  readonly connected: true;
  readonly messagingLimit: number;
  /** An app is subscribed to the field `calls`; without it calling can't be enabled (138018). */
  readonly callsSubscribed: boolean;
  readonly sipEnabled: boolean;
  readonly restricted: boolean;
  readonly paymentMethod: boolean;
  readonly testNumber: boolean;
  readonly allowList: readonly Phone[];
  readonly settings: CallingSettings;
}

/** A number connected by QR code; it can lose its connection. */
export interface EvoGoNumber extends NumberIdentity {
  readonly provider: "EVO_GO";
  readonly connected: boolean;
}

/** A number of any other kind: it exists, and it has no calling. */
export interface OtherNumber extends NumberIdentity {
  readonly provider: "OTHER";
  readonly connected: boolean;
}

export type CallingNumber = MetaNumber | EvoGoNumber;
export type BusinessNumber = CallingNumber | OtherNumber;

/** What the control API may change of a number. Meta's account states have no effect on the other providers. */
export interface NumberChange {
  readonly name?: string;
  readonly script?: string | null;
  readonly connected?: boolean;
  readonly messagingLimit?: number;
  readonly callsSubscribed?: boolean;
  readonly sipEnabled?: boolean;
  readonly restricted?: boolean;
  readonly paymentMethod?: boolean;
  readonly testNumber?: boolean;
  readonly allowList?: readonly Phone[];
  readonly limits?: Partial<NumberLimits>;
}
