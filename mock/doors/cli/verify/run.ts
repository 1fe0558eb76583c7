import { writeFile } from "node:fs/promises";
import {
  Broker,
  type BrokerSource,
  conclusion,
  interactionLines,
  junitCases,
  junitReport,
  outsideLines,
  PactBrokeOff,
  type Verification,
  VerifyMistake,
  type VerifyOptions,
  verifyPacts,
} from "../../../../contracts/provider/index.ts";
import { StartError, UsageError } from "../explain.ts";
import type { ConsumerVersionSelector } from "./selector.ts";
import { stateList } from "./state-list.ts";

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
  readonly provider: string;
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

/**
 * Verifies pacts and prints what came of it.
 *
 * @returns the exit code: 1 when an interaction failed, or when the version may not be deployed
 * @throws UsageError when it could not be begun, StartError when Pact broke off
 */
export async function runVerify(paths: readonly string[], flags: VerifyFlags): Promise<number> {
  if (flags.states === true) {
    console.log(stateList(flags.json === true));
    return 0;
  }
  try {
    return await verify(optionsOf(paths, flags), flags);
  } catch (error) {
    if (error instanceof VerifyMistake) throw new UsageError(error.message);
    throw error instanceof PactBrokeOff ? new StartError(error.message) : error;
  }
}

async function verify(options: VerifyOptions, { json, junit, canIDeploy, timeout }: VerifyFlags): Promise<number> {
  const print = (lines: readonly string[]) => json !== true && lines.length > 0 && console.log(lines.join("\n"));
  const result = await verifyPacts({ ...options, onOutside: (outside) => void print(outsideLines(outside)) });
  print(result.notices.map((notice) => `NOTICE   ${notice}`));
  print(result.interactions.flatMap(interactionLines));
  print(["", conclusion(result.interactions)]);
  if (junit !== undefined) await writeReport(junit, result);
  const { broker } = options;
  const verdict =
    broker === undefined || canIDeploy === undefined ? null : await new Broker(broker, timeout).canIDeploy(canIDeploy);
  if (verdict !== null)
    print([`${verdict.deployable ? "PASS" : "FAIL"}     can-i-deploy to ${canIDeploy}: ${verdict.reason}`]);
  if (json === true) console.log(JSON.stringify({ ...result, ...(verdict === null ? {} : { canIDeploy: verdict }) }));
  return result.passed && verdict?.deployable !== false ? 0 : 1;
}

async function writeReport(file: string, { interactions }: Verification): Promise<void> {
  await writeFile(file, junitReport("calls-sandbox verify", junitCases(interactions))).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartError(
      `Can't write the JUnit report ${file}: ${reason}. Choose a place that exists and can be written.`,
    );
  });
}

function optionsOf(paths: readonly string[], flags: VerifyFlags): VerifyOptions {
  const { target, controlToken, timeout, verbose } = flags;
  return {
    paths,
    timeoutMs: timeout,
    ...sourceOf(paths, flags),
    ...(target === undefined
      ? {}
      : { target: { url: originOf("--target", target), ...(controlToken === undefined ? {} : { controlToken }) } }),
    ...(verbose === true ? { onPactOutput: (text: string) => process.stderr.write(text) } : {}),
  };
}

function sourceOf(paths: readonly string[], flags: VerifyFlags): { readonly broker?: BrokerSource } {
  if (flags.brokerUrl !== undefined) {
    if (paths.length > 0) throw new UsageError("Give pact files or --broker-url, not both.");
    return { broker: brokerOf(flags.brokerUrl, flags) };
  }
  const onlyThere = (["publish", "pending", "includeWipSince", "canIDeploy"] as const).find(
    (name) => flags[name] !== undefined,
  );
  if (onlyThere !== undefined)
    throw new UsageError(`${optionName(onlyThere)} is about a broker, and needs --broker-url.`);
  if (paths.length > 0) return {};
  throw new UsageError("Name pact files or folders of them, or a broker with --broker-url.");
}

function brokerOf(url: string, flags: VerifyFlags): BrokerSource {
  const { providerVersion: version, publish, canIDeploy, brokerUsername, brokerPassword, brokerToken } = flags;
  const needsVersion = publish === true ? "--publish" : canIDeploy === undefined ? null : "--can-i-deploy";
  if (needsVersion !== null && version === undefined) {
    throw new UsageError(`${needsVersion} needs --provider-version, for example --provider-version "$GIT_COMMIT".`);
  }
  if (brokerToken !== undefined && brokerUsername !== undefined) {
    throw new UsageError("Give --broker-token, or --broker-username and --broker-password, not both.");
  }
  if ((brokerUsername === undefined) !== (brokerPassword === undefined)) {
    throw new UsageError("--broker-username and --broker-password belong together.");
  }
  return {
    url: addressOf("--broker-url", url),
    provider: flags.provider,
    selectors: selectorsOf(flags),
    pending: flags.pending === true,
    publish: publish === true,
    tags: flags.providerTag,
    ...(brokerToken === undefined ? {} : { token: brokerToken }),
    ...(brokerUsername === undefined ? {} : { username: brokerUsername }),
    ...(brokerPassword === undefined ? {} : { password: brokerPassword }),
    ...(flags.includeWipSince === undefined ? {} : { wipSince: flags.includeWipSince }),
    ...(version === undefined ? {} : { version }),
    ...(flags.providerBranch === undefined ? {} : { branch: flags.providerBranch }),
    ...(flags.buildUrl === undefined ? {} : { buildUrl: flags.buildUrl }),
  };
}

/** What Pact's documentation recommends, unless somebody chose. */
const usualSelectors: readonly ConsumerVersionSelector[] = [{ mainBranch: true }, { deployedOrReleased: true }];

function selectorsOf({ selector, consumerTag }: VerifyFlags): readonly ConsumerVersionSelector[] {
  const chosen = [...selector, ...consumerTag.map((tag) => ({ tag, latest: true }))];
  return chosen.length === 0 ? usualSelectors : chosen;
}

function addressOf(option: string, text: string): string {
  const isHttp = URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
  if (isHttp) return text;
  throw new UsageError(`${option} must be an http:// or https:// address, but was ${text}.`);
}

function originOf(option: string, text: string): string {
  return new URL(addressOf(option, text)).origin;
}

function optionName(flag: string): string {
  return `--${flag.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
