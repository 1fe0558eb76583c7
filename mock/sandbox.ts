import { type App, emptyApp, mountApi } from "./api/app.ts";
import { responseCheck } from "./api/response-check.ts";
import { type Control, createControl } from "./control/control.ts";
import type { Sandboxed } from "./control/handler.ts";
import { mountControl } from "./control/mount.ts";
import { attachTemplatePeer } from "./media/template-peer.ts";
import { builtInScripts } from "./people/built-in-scripts.ts";
import { people } from "./people/people.ts";
import type { Script } from "./people/script.ts";
import { readOptions, type SandboxOptions } from "./sandbox-options.ts";
import { version } from "./version.ts";
import type { WorldClock } from "./world/clock.ts";
import type { LoggedRequest } from "./world/request-log.ts";
import type { World } from "./world/world.ts";
import { Worlds } from "./world/worlds.ts";

/** A running sandbox: everything there is, and no door yet. Doors take one of these and never build parts of it. */
export interface Sandbox {
  /** The Calls API and the control API as one fetch-style application. */
  readonly app: App;
  /** The world `default`. */
  readonly world: World;
  /** The clock of the world `default`. */
  readonly clock: WorldClock;
  /** The control API as methods. */
  readonly control: Control;
  /** Scripts that people can follow, by name. */
  readonly scripts: ReadonlyMap<string, Script>;
  /** Tells realtime sessions where the media host is, once its port is known. */
  readonly setMediaUrl: (url: string) => void;
  /** Hears of every request to the Calls API, after it was answered. */
  readonly onRequest: (listener: (logged: { world: string; request: LoggedRequest }) => void) => void;
  /** Ends every timer and removes every world. A closed sandbox answers nothing any more. */
  readonly close: () => Promise<void>;
}

/**
 * Wires a sandbox: the one place where parts meet.
 *
 * @param options see SandboxOptions; every one has a default
 * @throws SandboxOptionError when an option is unknown or has a wrong value
 * @example
 * const sandbox = createSandbox({ clock: "virtual" });
 * const answer = await sandbox.app.request("/v1/calls", { headers: { "x-api-key": "ps_sandbox_evo" } });
 */
export function createSandbox(options: SandboxOptions = {}): Sandbox {
  const settings = readOptions(options);
  const scripts = new Map([...builtInScripts, ...settings.scripts.map((script) => [script.name, script] as const)]);
  const requestListeners = new Set<(logged: { world: string; request: LoggedRequest }) => void>();
  const worlds = new Worlds({
    seed: settings.seed,
    rules: { strict: settings.strict, sdpErrorCode: settings.sdpErrorCode },
    timeOfDay: () => Date.now(),
    equip: ({ world, requests }) => {
      world.addTimerSource(people(scripts));
      requests.listen((request) => {
        for (const listener of requestListeners) listener({ world: world.id, request });
      });
      return attachTemplatePeer(world);
    },
  });
  const opened = worlds.create({
    id: "default",
    mode: settings.mode,
    clock: settings.clock,
    ...(settings.now === null ? {} : { now: settings.now }),
  });
  if (!opened.ok) throw new Error(opened.refusal.message);
  const sandboxed: Sandboxed = { worlds, scripts, version, startedAt: performance.now() };
  let mediaUrl = settings.mediaUrl;
  const app = emptyApp();
  const api = settings.validateResponses ? responseCheck(loadResponseValidators) : null;
  const control = settings.validateResponses ? responseCheck(loadControlResponseValidators) : null;
  mountControl(app, sandboxed, settings.control, control);
  mountApi(app, { worlds, metaErrorStatus: settings.metaErrorStatus, checkResponse: api }, () => mediaUrl);
  return {
    app,
    world: opened.place.world,
    clock: opened.place.world.clock,
    control: createControl(sandboxed),
    scripts,
    setMediaUrl: (url) => {
      mediaUrl = url;
    },
    onRequest: (listener) => requestListeners.add(listener),
    close: async () => worlds.close(),
  };
}

const loadResponseValidators = async () =>
  (await import("../spec/generated/response-validators.js")).responseValidators;
const loadControlResponseValidators = async () =>
  (await import("../spec/generated/control-response-validators.js")).controlResponseValidators;
