import { randomUUID } from "node:crypto";
import { createSandbox, type Sandbox } from "../../sandbox.ts";
import type { SandboxOptions } from "../../sandbox-options.ts";
import { keysOf } from "../../world/seed.ts";
import { type HttpDoor, listenHttp } from "../http.ts";
import { StartError } from "./explain.ts";
import { logRequests } from "./json-logs.ts";
import { writeReadyFile } from "./ready-file.ts";
import { startScreen } from "./start-screen.ts";

/** The options of `serve`, as commander hands them over. */
export interface ServeFlags {
  readonly port: number;
  readonly mediaPort: number;
  readonly host: string;
  readonly mediaUrl?: string;
  readonly controlToken?: string;
  readonly config?: string;
  readonly readyFile?: string;
  readonly clock: "real" | "virtual";
  readonly now?: string;
  readonly manual?: boolean;
  readonly seed?: string;
  readonly strict?: boolean;
  readonly validateResponses?: boolean;
  readonly metaErrorStatus: "gateway" | "forward";
  readonly sdpError: "138008" | "100";
  readonly quiet?: boolean;
  readonly jsonLogs?: boolean;
}

/** Starts a sandbox with its doors, says what the user needs next, and stays until it is told to stop. */
export async function serve(flags: ServeFlags): Promise<void> {
  const controlToken = flags.controlToken ?? (isLoopback(flags.host) ? undefined : randomUUID());
  const sandbox = createSandbox(sandboxOptions(flags, controlToken));
  const door = await open(sandbox, flags);
  const mediaUrl = flags.mediaUrl ?? `ws://${flags.host}:${flags.mediaPort}`;
  sandbox.setMediaUrl(mediaUrl);
  if (flags.jsonLogs === true) await logRequests(sandbox);
  if (flags.readyFile !== undefined)
    await writeReadyFile(flags.readyFile, { apiUrl: door.url, mediaUrl, keys: keysOf("default") });
  if (flags.quiet !== true && flags.jsonLogs !== true) {
    console.log(
      startScreen(sandbox, {
        apiUrl: door.url,
        mediaUrl,
        controlToken: controlToken ?? null,
        strict: flags.strict === true,
      }),
    );
  }
  stopOnSignal(sandbox, [door]);
}

function sandboxOptions(flags: ServeFlags, controlToken: string | undefined): SandboxOptions {
  return {
    clock: flags.clock,
    mode: flags.manual === true ? "manual" : "scripted",
    strict: flags.strict === true,
    validateResponses: flags.validateResponses === true,
    metaErrorStatus: flags.metaErrorStatus,
    sdpErrorCode: flags.sdpError === "100" ? 100 : 138008,
    ...(flags.now === undefined ? {} : { now: flags.now }),
    ...(flags.seed === undefined ? {} : { seed: flags.seed }),
    ...(flags.mediaUrl === undefined ? {} : { mediaUrl: flags.mediaUrl }),
    ...(controlToken === undefined ? {} : { controlToken }),
  };
}

function isLoopback(host: string): boolean {
  return host === "127.0.0.1" || host === "::1" || host === "localhost";
}

async function open(sandbox: Sandbox, { host, port }: ServeFlags): Promise<HttpDoor> {
  try {
    return await listenHttp(sandbox, { host, port, overrideGlobalObjects: true });
  } catch (error) {
    throw new StartError(whyNotListening(error, host, port, "--port"));
  }
}

/** A port that is taken is named, with what to do next (WORLD-026). */
function whyNotListening(error: unknown, host: string, port: number, option: string): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "EADDRINUSE") {
    return `Port ${port} on ${host} is taken, perhaps by another sandbox. Stop that, choose another port with ${option}, or let ${option} 0 find a free one.`;
  }
  if (code === "EACCES") return `Port ${port} is not yours to open. Choose one above 1023 with ${option}.`;
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND")
    return `${host} is no address of this machine. Leave --host out, or use 0.0.0.0 for all of them.`;
  return `Can't listen on ${host}:${port}: ${error instanceof Error ? error.message : String(error)}`;
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
