import type { ConsumerVersionSelector } from "./selector.ts";

/** The options of `verify`, as commander hands them over. */
export interface VerifyFlags {
  readonly states?: boolean;
  readonly target?: string;
  readonly controlToken?: string;
  readonly timeout: number;
  readonly junit?: string;
  readonly json?: boolean;
  readonly verbose?: boolean;
  readonly brokerUrl?: string;
  readonly brokerToken?: string;
  readonly brokerUsername?: string;
  readonly brokerPassword?: string;
  readonly provider?: string;
  readonly selector: readonly ConsumerVersionSelector[];
  readonly consumerTag: readonly string[];
  readonly pending?: boolean;
  readonly includeWipSince?: string;
  readonly publish?: boolean;
  readonly providerVersion?: string;
  readonly providerBranch?: string;
  readonly providerTag: readonly string[];
  readonly buildUrl?: string;
  readonly canIDeploy?: string;
}
