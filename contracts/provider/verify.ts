import { listenHttp } from "../../mock/doors/http.ts";
import { createSandbox } from "../../mock/sandbox.ts";
import { Broker, type BrokerSource } from "./broker.ts";
import { withParameters } from "./given.ts";
import { PactBrokeOff, VerifyMistake } from "./mistake.ts";
import { type OutsideSpec, outsideSpec } from "./outside-spec.ts";
import type { Pact } from "./pact.ts";
import { readPactFiles } from "./pact-files.ts";
import { pactMistakes } from "./pact-mistakes.ts";
import type { PactOptions } from "./pact-run.ts";
import { type InteractionResult, readReport, withReasons } from "./results.ts";
import { runPact } from "./run-pact.ts";
import { checkTarget, type Target } from "./target.ts";
import { unprovidedValues } from "./unprovided.ts";

/** What is to be verified, and how. */
export interface VerifyOptions {
  /** Pact files and folders of them; none with a broker. */
  readonly paths: readonly string[];
  readonly broker?: BrokerSource;
  /** Of files and folders, only the pacts with this provider; all of them unless given. */
  readonly provider?: string;
  /** A sandbox that runs already; a fresh one in this process unless given. */
  readonly target?: Target;
  /** How long one request may take, in milliseconds of real time. */
  readonly timeoutMs: number;
  /** Hears what is likely to go wrong, before anything runs. */
  readonly onWarnings?: (warnings: readonly string[]) => void;
  /** Hears what lies outside the document, before anything runs. */
  readonly onOutside?: (outside: readonly OutsideSpec[]) => void;
  /** Hears what Pact itself says; it is silent unless somebody listens. */
  readonly onPactOutput?: (text: string) => void;
}

/** What came of a verification. */
export interface Verification {
  readonly passed: boolean;
  readonly pacts: readonly { readonly source: string; readonly consumer: string; readonly version: number }[];
  /** Values that no state provides. */
  readonly warnings: readonly string[];
  readonly outside: readonly OutsideSpec[];
  readonly interactions: readonly InteractionResult[];
  readonly notices: readonly string[];
}

/**
 * Verifies pacts: against a fresh sandbox with the default keys, on the virtual clock, or against one that runs. Every
 * interaction finds the world at its beginning.
 *
 * @throws VerifyMistake when it can't be done as asked: no pacts, unknown states, nobody there, Pact not installed
 * @example
 * const { passed } = await verifyPacts({ paths: ["pacts"], timeoutMs: 10_000 });
 */
export async function verifyPacts(options: VerifyOptions): Promise<Verification> {
  const { paths, provider, broker, target, timeoutMs, onWarnings, onOutside } = options;
  const pacts =
    broker === undefined ? await readPactFiles(paths, provider) : await new Broker(broker, timeoutMs).pacts();
  const mistakes = pactMistakes(pacts);
  if (mistakes.length > 0) {
    throw new VerifyMistake(`${mistakes.join("\n")}\nNothing was verified. All states: calls-sandbox verify --states.`);
  }
  if (target !== undefined) await checkTarget(target, timeoutMs);
  onWarnings?.(unprovidedValues(pacts));
  const outside = await outsideSpec(pacts);
  onOutside?.(outside);
  if (target !== undefined) return verifyAt(target, pacts, outside, options);
  const sandbox = createSandbox({ clock: "virtual", validateResponses: true });
  const door = await listenHttp(sandbox, { host: "127.0.0.1", port: 0, overrideGlobalObjects: false });
  try {
    return await verifyAt({ url: door.url }, pacts, outside, options);
  } finally {
    await door.close();
    await sandbox.close();
  }
}

async function verifyAt(
  target: Target,
  pacts: readonly Pact[],
  outside: readonly OutsideSpec[],
  options: VerifyOptions,
): Promise<Verification> {
  const interactions = pacts.flatMap((pact) => pact.interactions);
  const run = {
    options: pactOptions(target, pacts, options),
    pactUrl: `${target.url}/_pact`,
    controlToken: target.controlToken ?? null,
    timeoutMs: options.timeoutMs,
    messages: interactions.flatMap(({ kind, description }) => (kind === "message" ? [description] : [])),
  };
  // Each interaction is asked for itself and for each of its states, before and after; Pact begins and ends beside them.
  const requests = interactions.reduce((sum, { states }) => sum + 1 + 2 * Math.max(1, states.length), 0);
  let output = "";
  const answer = await runPact(run, {
    withinMs: (requests + 2) * (options.timeoutMs + 1_000) + 20_000,
    onOutput: (text) => {
      output += text;
      options.onPactOutput?.(text);
    },
  });
  const report = "report" in answer ? readReport(answer.report) : null;
  if (report === null || (!report.passed && report.interactions.length === 0))
    throw new PactBrokeOff("report" in answer ? answer.report : answer.failed);
  // Of a failure to publish Pact says no more than this line.
  const notPublished = /Publishing of verification results failed with an error: (.*)/.exec(output)?.[1] ?? null;
  return {
    passed: report.passed && notPublished === null,
    pacts: pacts.map(({ source, consumer, version }) => ({ source, consumer, version })),
    warnings: unprovidedValues(pacts),
    outside,
    interactions: withParameters(
      "report" in answer ? withReasons(report.interactions, answer) : report.interactions,
      pacts,
    ),
    notices: [...report.notices, ...(notPublished === null ? [] : [`The results were not published: ${notPublished}`])],
  };
}

function pactOptions({ url }: Target, pacts: readonly Pact[], options: VerifyOptions): PactOptions {
  const { broker, timeoutMs, onPactOutput } = options;
  return {
    providerBaseUrl: url,
    logLevel: onPactOutput === undefined ? "error" : "info",
    // A little longer than the sandbox has to bring a state about: who is late is then told in words.
    timeout: timeoutMs + 500,
    ...(broker === undefined ? { pactUrls: pacts.map(({ source }) => source) } : brokerOptions(broker)),
  };
}

function brokerOptions(broker: BrokerSource): Partial<PactOptions> {
  return {
    provider: broker.provider,
    pactBrokerUrl: broker.url,
    pactBrokerToken: broker.token,
    pactBrokerUsername: broker.username,
    pactBrokerPassword: broker.password,
    consumerVersionSelectors: [...broker.selectors],
    enablePending: broker.pending,
    includeWipPactsSince: broker.wipSince,
    publishVerificationResult: broker.publish || undefined,
    providerVersion: broker.version,
    providerVersionBranch: broker.branch,
    providerVersionTags: broker.tags.length === 0 ? undefined : [...broker.tags],
    buildUrl: broker.buildUrl,
  };
}
