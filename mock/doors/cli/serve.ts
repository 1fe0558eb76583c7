import { randomUUID } from "node:crypto";
import type { Config } from "../../config/config.ts";
import type { FaultBody } from "../../faults/rule.ts";
import type { WebRtcOptions } from "../../media/webrtc/options.ts";
import type { RealtimeOptions } from "../../realtime-options.ts";
import { createSandbox, type Sandbox } from "../../sandbox.ts";
import type { SandboxOptions } from "../../sandbox-options.ts";
import type { WorldArchive } from "../../world/archive.ts";
import { keysOf } from "../../world/seed.ts";
import { listenHttp } from "../http.ts";
import { listenMedia } from "../media-host.ts";
import { readConfigFile } from "./config-file.ts";
import { deliveryLine } from "./delivery-line.ts";
import { StartError } from "./explain.ts";
import { logDeliveries, logRequests } from "./json-logs.ts";
import { openDoor } from "./open-door.ts";
import { writeReadyFile } from "./ready-file.ts";
import { startScreen } from "./start-screen.ts";

/** The options of `serve`, as commander hands them over. */
export interface ServeFlags {
  readonly port: number;
  readonly mediaPort: number;
  readonly host: string;
  readonly mediaUrl?: string;
  readonly mediaFixture: Readonly<Record<string, string>>;
  readonly allowMediaHost: readonly string[];
  readonly webrtc: "on" | "off";
  readonly webrtcHost?: string;
  readonly webrtcPorts?: { readonly from: number; readonly to: number };
  /** False for `--no-media-timeout`. */
  readonly mediaTimeout: boolean;
  readonly controlToken?: string;
  readonly config?: string;
  readonly dataDir?: string;
  readonly readyFile?: string;
  readonly clock: "real" | "virtual";
  readonly now?: string;
  readonly manual?: boolean;
  readonly seed?: string;
  readonly strict?: boolean;
  readonly validateResponses?: boolean;
  readonly metaErrorStatus: "gateway" | "forward";
  readonly sdpError: "138008" | "100";
  readonly webhook: readonly string[];
  readonly webhookRetries?: readonly number[];
  readonly webhookTimeout?: number;
  readonly metaWithoutContacts?: boolean;
  readonly metaLegacyConnection?: boolean;
  readonly fault: readonly FaultBody[];
  readonly realtime: Partial<RealtimeOptions>;
  readonly quiet?: boolean;
  readonly jsonLogs?: boolean;
}

/** Starts a sandbox with its doors, says what the user needs next, and stays until it is told to stop. */
export async function serve(flags: ServeFlags): Promise<void> {
  const controlToken = flags.controlToken ?? (isLoopback(flags.host) ? undefined : randomUUID());
  const config: Partial<Config> = flags.config === undefined ? {} : await readConfigFile(flags.config);
  const webhooks = [...flags.webhook, ...(config.webhooks ?? [])];
  const archive = flags.dataDir === undefined ? null : await openJournal(flags.dataDir);
  const sandbox = createSandbox({
    ...sandboxOptions(flags, controlToken),
    ...config,
    webhooks,
    ...(archive === null ? {} : { archive }),
  });
  const door = await openDoor("--port", flags, () =>
    listenHttp(sandbox, { host: flags.host, port: flags.port, overrideGlobalObjects: true }),
  );
  const mediaHost = await openDoor("--media-port", { host: flags.host, port: flags.mediaPort }, () =>
    listenMedia(sandbox, { host: flags.host, port: flags.mediaPort }),
  );
  const mediaUrl = flags.mediaUrl ?? mediaHost.url;
  sandbox.setMediaUrl(mediaUrl);
  if (flags.jsonLogs === true) {
    await logRequests(sandbox);
    await logDeliveries(sandbox);
  }
  if (flags.quiet !== true && flags.jsonLogs !== true) {
    console.log(
      startScreen(sandbox, {
        apiUrl: door.url,
        mediaUrl,
        controlToken: controlToken ?? null,
        strict: flags.strict === true,
        webhooks,
        faults: (await sandbox.control.listFaults()).faults,
      }),
    );
    sandbox.onDelivery(({ world, event }) => console.log(deliveryLine(world, event)));
  }
  stopOnSignal(sandbox, [door, mediaHost]);
  // Last of all: whoever sees the file finds everything else done, the signal handlers included.
  if (flags.readyFile !== undefined)
    await writeReadyFile(flags.readyFile, {
      apiUrl: door.url,
      mediaUrl,
      keys: keysOf("default"),
      ...sandbox.secrets,
      consoleUrl: null,
    });
}

function sandboxOptions(flags: ServeFlags, controlToken: string | undefined): SandboxOptions {
  return {
    clock: flags.clock,
    mode: flags.manual === true ? "manual" : "scripted",
    strict: flags.strict === true,
    validateResponses: flags.validateResponses === true,
    metaErrorStatus: flags.metaErrorStatus,
    sdpErrorCode: flags.sdpError === "100" ? 100 : 138008,
    webrtc: flags.webrtc === "off" ? false : webRtcOptions(flags),
    faults: flags.fault,
    realtime: flags.realtime,
    mediaFixtures: flags.mediaFixture,
    allowMediaHosts: flags.allowMediaHost,
    metaWithoutContacts: flags.metaWithoutContacts === true,
    metaLegacyConnection: flags.metaLegacyConnection === true,
    ...(flags.webhookRetries === undefined ? {} : { webhookRetries: flags.webhookRetries }),
    ...(flags.webhookTimeout === undefined ? {} : { webhookTimeoutMs: flags.webhookTimeout }),
    ...(flags.now === undefined ? {} : { now: flags.now }),
    ...(flags.seed === undefined ? {} : { seed: flags.seed }),
    ...(flags.mediaUrl === undefined ? {} : { mediaUrl: flags.mediaUrl }),
    ...(controlToken === undefined ? {} : { controlToken }),
  };
}

function webRtcOptions({ webrtcHost, webrtcPorts, mediaTimeout }: ServeFlags): Partial<WebRtcOptions> {
  return {
    ...(webrtcHost === undefined ? {} : { host: webrtcHost }),
    ...(webrtcPorts === undefined ? {} : { ports: webrtcPorts }),
    ...(mediaTimeout ? {} : { noMediaAtStartMs: 0, noMediaLaterMs: 0 }),
  };
}

/** The journal is loaded only when it is asked for: SQLite costs a start some milliseconds. */
async function openJournal(directory: string): Promise<WorldArchive> {
  const { Journal, JournalError } = await import("../../journal/index.ts");
  try {
    return new Journal(directory);
  } catch (error) {
    throw error instanceof JournalError ? new StartError(error.message) : error;
  }
}

function isLoopback(host: string): boolean {
  return host === "127.0.0.1" || host === "::1" || host === "localhost";
}

/** Open requests finish, timers end, and the process leaves with 0; a second signal doesn't wait (WORLD-030). */
function stopOnSignal(sandbox: Sandbox, doors: readonly { close: () => Promise<void> }[]): void {
  let stopping = false;
  const stop = () => {
    if (stopping) process.exit(0);
    stopping = true;
    const closing = Promise.all(doors.map((door) => door.close())).then(() => sandbox.close());
    closing.then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
}
