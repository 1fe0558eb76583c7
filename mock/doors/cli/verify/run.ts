import { mkdir, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
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
import { addressOf, brokerOf } from "./broker-flags.ts";
import type { VerifyFlags } from "./flags.ts";
import { stateList } from "./state-list.ts";

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
  if (junit !== undefined) await makePlace(junit);
  if (options.target !== undefined) print([targetNotice(options.target.url)]);
  const result = await verifyPacts({
    ...options,
    onWarnings: (warnings) => void print(warnings.map((warning) => `WARNING  ${warning}`)),
    onOutside: (outside) => void print(outsideLines(outside)),
  });
  print(result.notices.map((notice) => `NOTICE   ${notice}`));
  print(result.interactions.flatMap(interactionLines));
  print(["", conclusion(result.interactions)]);
  const { broker } = options;
  const verdict =
    broker === undefined || canIDeploy === undefined ? null : await new Broker(broker, timeout).canIDeploy(canIDeploy);
  if (verdict !== null)
    print([`${verdict.deployable ? "PASS" : "FAIL"}     can-i-deploy to ${canIDeploy}: ${verdict.reason}`]);
  if (json === true) console.log(JSON.stringify({ ...result, ...(verdict === null ? {} : { canIDeploy: verdict }) }));
  if (junit !== undefined) await writeReport(junit, result);
  return result.passed && verdict?.deployable !== false ? 0 : 1;
}

/** Said before anything happens there: the world is somebody's, and what passes on a fresh sandbox may fail on its clock. */
function targetNotice(url: string): string {
  return `NOTICE   ${url} is verified in its world default, which is wiped before and after each interaction. On a real clock no time passes in a state, so durations are 0: start it with calls-sandbox serve --clock virtual.`;
}

/** Makes the folder of the report, before anything runs: a run whose report has no place would be lost. */
async function makePlace(file: string): Promise<void> {
  const reason = await mkdir(dirname(file), { recursive: true }).then(
    async () => ((await stat(file).catch(() => null))?.isDirectory() === true ? "it is a folder" : null),
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  if (reason === null) return;
  throw new UsageError(`There is no place for the JUnit report ${file}: ${reason}. Name a file in a folder.`);
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
  const { provider, target, controlToken, timeout, verbose } = flags;
  return {
    paths,
    ...(provider === undefined ? {} : { provider }),
    timeoutMs: timeout,
    ...sourceOf(paths, flags),
    ...(target === undefined
      ? {}
      : {
          target: {
            url: new URL(addressOf("--target", target)).origin,
            ...(controlToken === undefined ? {} : { controlToken }),
          },
        }),
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

function optionName(flag: string): string {
  return `--${flag.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
