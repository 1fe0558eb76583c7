import type { Provider } from "../case.ts";

/** The options of `calls-sandbox conformance`, as commander hands them over. */
export interface ConformanceFlags {
  readonly target?: string;
  readonly live?: boolean;
  readonly controlUrl?: string;
  readonly controlToken?: string;
  readonly seed: string;
  readonly metaKey?: string;
  readonly evoKey?: string;
  readonly evoOfflineKey?: string;
  readonly otherKey?: string;
  readonly metaLowTierKey?: string;
  readonly tenantKey?: string;
  readonly unboundKey?: string;
  /** Digits of the one phone that may ring. */
  readonly allowCalls?: string;
  readonly allowChanges?: boolean;
  readonly cases: readonly string[];
  readonly only?: string;
  readonly provider?: Provider;
  /** Requests a second to a live service. */
  readonly rate: number;
  readonly timeoutMs: number;
  readonly list?: boolean;
  readonly coverage?: boolean;
  readonly compare?: readonly string[];
  /** The folder of a recording. */
  readonly replay?: string;
  readonly html?: string;
  readonly junit?: string;
  readonly json?: boolean;
}
