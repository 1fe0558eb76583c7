import { readFile } from "node:fs/promises";
import { ControlRefused } from "../../../control/control.ts";
import {
  ConfigError,
  readScenario,
  runScenario,
  type Scenario,
  type ScenarioOptions,
  type ScenarioTarget,
  scenarios,
} from "../../../scenarios/index.ts";
import { webhookSecrets } from "../../../webhooks/sign.ts";
import { whyNot } from "../config-file.ts";
import { RefusedError, UsageError } from "../explain.ts";
import { conclusion, introduction, stepLine } from "./print.ts";
import { remoteSandbox } from "./remote-sandbox.ts";
import { standInReceiver } from "./stand-in-receiver.ts";

export interface RunFlags {
  readonly file?: string;
  readonly url: string;
  readonly webhook?: string;
  readonly client?: boolean;
  readonly world: string;
  readonly patience: number;
  readonly seed: string;
  readonly controlToken?: string;
  readonly json?: boolean;
}

/** The world that belongs to this command, so that a client needs its keys only once. */
const ownWorld = "scenario";

/**
 * Plays a scenario against a running sandbox and prints what came of it.
 *
 * @returns the exit code: 1 when something failed
 * @throws UsageError when it could not be begun, RefusedError when the sandbox refuses the world
 */
export async function runNamed(name: string | undefined, flags: RunFlags): Promise<number> {
  const scenario = await chosen(name, flags.file);
  const { url, webhook, controlToken } = flags;
  if (webhook !== undefined && !/^https?:/.test(URL.canParse(webhook) ? new URL(webhook).protocol : "")) {
    throw new UsageError(`--webhook must be an http:// or https:// address, but was ${webhook}.`);
  }
  if (!URL.canParse(url))
    throw new UsageError(`--url must be an address such as http://127.0.0.1:4010, but was ${url}.`);
  const secrets = webhookSecrets(flags.seed);
  const target = remoteSandbox({ url, secrets, ...(controlToken === undefined ? {} : { controlToken }) });
  const receiver = webhook === undefined && isHere(url) ? await standInReceiver() : null;
  try {
    return await play(target, scenario, flags, receiver?.url ?? webhook);
  } finally {
    receiver?.close();
  }
}

async function play(target: ScenarioTarget, scenario: Scenario, flags: RunFlags, webhook: string | undefined) {
  const print = (text: string) => flags.json !== true && console.log(text);
  const hasClient = flags.webhook !== undefined || flags.client === true;
  const options: ScenarioOptions = {
    client: hasClient,
    world: flags.world,
    // Two runs must not give two calls the same id: a client may have kept the first.
    seed: `${flags.seed}/${Date.now()}`,
    patienceMs: flags.patience,
    settleMs: Math.min(1_000, flags.patience),
    onStart: (start) => void print(introduction(scenario, start, hasClient)),
    onStep: (step) => void print(stepLine(step)),
    ...(webhook === undefined ? {} : { webhook }),
  };
  try {
    if (flags.world === ownWorld) await removeWorld(target);
    const result = await runScenario(target, scenario, options);
    console.log(flags.json === true ? JSON.stringify(result) : conclusion(result));
    return result.verdict === "fail" ? 1 : 0;
  } catch (error) {
    throw error instanceof ControlRefused ? new RefusedError(error.message) : error;
  }
}

async function removeWorld({ control }: ScenarioTarget): Promise<void> {
  try {
    await control.deleteWorld({ w: ownWorld });
  } catch (error) {
    if (!(error instanceof ControlRefused) || error.code !== "WORLD_NOT_FOUND") throw error;
  }
}

async function chosen(name: string | undefined, file: string | undefined): Promise<Scenario> {
  if (file === undefined) {
    const scenario = scenarios.get(name ?? "");
    if (scenario !== undefined) return scenario;
    const problem = name === undefined ? "Name a scenario, or give one with --file." : `There is no scenario ${name}.`;
    throw new UsageError(`${problem} There are ${[...scenarios.keys()].join(", ")}.`);
  }
  if (name !== undefined) throw new UsageError("Give a name or --file, not both.");
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw new UsageError(`Can't read the scenario: ${whyNot(error, file)}`);
  });
  try {
    return readScenario(text, file);
  } catch (error) {
    if (error instanceof ConfigError) throw new UsageError(`${error.message}\nThe format: docs/scenarios.md.`);
    throw error;
  }
}

/** A receiver on this machine can be reached from a sandbox on this machine. */
function isHere(url: string): boolean {
  return ["127.0.0.1", "[::1]", "localhost"].includes(new URL(url).hostname);
}
