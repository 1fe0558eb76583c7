import type { BrokerSource } from "../../../../contracts/provider/index.ts";
import { UsageError } from "../explain.ts";
import type { VerifyFlags } from "./flags.ts";
import type { ConsumerVersionSelector } from "./selector.ts";

/**
 * Reads the options that are about a broker.
 *
 * @throws UsageError when they don't go together
 */
export function brokerOf(url: string, flags: VerifyFlags): BrokerSource {
  refuseContradictions(flags);
  return {
    url: addressOf("--broker-url", url),
    provider: flags.provider ?? "calls-api",
    token: flags.brokerToken,
    username: flags.brokerUsername,
    password: flags.brokerPassword,
    selectors: selectorsOf(flags),
    pending: flags.pending === true,
    wipSince: flags.includeWipSince,
    publish: flags.publish === true,
    version: flags.providerVersion,
    branch: flags.providerBranch,
    tags: flags.providerTag,
    buildUrl: flags.buildUrl,
  };
}

function refuseContradictions({ publish, canIDeploy, providerVersion, ...access }: VerifyFlags): void {
  const { brokerToken, brokerUsername, brokerPassword } = access;
  const needsVersion = publish === true ? "--publish" : canIDeploy === undefined ? null : "--can-i-deploy";
  if (needsVersion !== null && providerVersion === undefined) {
    throw new UsageError(`${needsVersion} needs --provider-version, for example --provider-version "$GIT_COMMIT".`);
  }
  if (brokerToken !== undefined && brokerUsername !== undefined) {
    throw new UsageError("Give --broker-token, or --broker-username and --broker-password, not both.");
  }
  if ((brokerUsername === undefined) !== (brokerPassword === undefined)) {
    throw new UsageError("--broker-username and --broker-password belong together.");
  }
}

/** What Pact's documentation recommends, unless somebody chose. */
const usualSelectors: readonly ConsumerVersionSelector[] = [{ mainBranch: true }, { deployedOrReleased: true }];

function selectorsOf({ selector, consumerTag }: VerifyFlags): readonly ConsumerVersionSelector[] {
  const chosen = [...selector, ...consumerTag.map((tag) => ({ tag, latest: true }))];
  return chosen.length === 0 ? usualSelectors : chosen;
}

/** An option that is an address, checked. */
export function addressOf(option: string, text: string): string {
  const isHttp = URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
  if (isHttp) return text;
  throw new UsageError(`${option} must be an http:// or https:// address, but was ${text}.`);
}
