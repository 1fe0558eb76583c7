import { type App, emptyApp, mountApi } from "./api/app.ts";
import { responseCheck } from "./api/response-check.ts";
import { armFaults } from "./control/arm-fault.ts";
import { type Control, createControl } from "./control/control.ts";
import type { Sandboxed } from "./control/handler.ts";
import { mountControl } from "./control/mount.ts";
import type { EventOf } from "./domain/events.ts";
import { Media } from "./media/media.ts";
import { playLimits } from "./media/play/options.ts";
import { attachTemplatePeer } from "./media/template-peer.ts";
import { WebRtc } from "./media/webrtc/webrtc.ts";
import { pactDesk } from "./pact/desk.ts";
import { builtInScripts } from "./people/built-in-scripts.ts";
import { people } from "./people/people.ts";
import type { Script } from "./people/script.ts";
import { checkScripts, readOptions, type SandboxOptions, type SandboxSettings } from "./sandbox-options.ts";
import { version } from "./version.ts";
import { type Collections, CollectionsView } from "./view/collections.ts";
import { payloadCheck } from "./webhooks/payload-check.ts";
import { PostOffice } from "./webhooks/post-office.ts";
import { signer, type WebhookSecrets, webhookSecrets } from "./webhooks/sign.ts";
import { attachWebhooks, subscribeEveryNumber } from "./webhooks/webhooks.ts";
import { addPeople, addToDirectory } from "./world/additions.ts";
import type { WorldClock } from "./world/clock.ts";
import type { LoggedRequest } from "./world/request-log.ts";
import { tellAll } from "./world/tell.ts";
import type { World } from "./world/world.ts";
import { type Place, Worlds } from "./world/worlds.ts";

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
  /** The world `default` as collections of @msw/data, to query in tests; loaded when first asked for. */
  readonly collections: () => Promise<Collections>;
  /** The sound of every world; the media host and the WebRTC door ask it. */
  readonly media: Media;
  /** Hears of every request to the Calls API, after it was answered. */
  readonly onRequest: (listener: (logged: { world: string; request: LoggedRequest }) => void) => void;
  /** Hears of every attempt at a webhook, and of every event that found the queue full. */
  readonly onDelivery: (listener: (delivery: { world: string; event: DeliveryNews }) => void) => void;
  /** What receivers verify webhooks with; the same in every world, and after every restart. */
  readonly secrets: WebhookSecrets;
  /** Ends every timer and removes every world. A closed sandbox answers nothing any more. */
  readonly close: () => Promise<void>;
}

/** What became of a webhook. */
export type DeliveryNews = EventOf<"delivery.attempted" | "delivery.dropped">;

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
  checkScripts(settings, scripts);
  const requestListeners = new Set<(logged: { world: string; request: LoggedRequest }) => void>();
  const media = new Media(settings.realtime, {
    fixtures: settings.mediaFixtures,
    allowedHosts: settings.allowMediaHosts,
    limits: playLimits,
  });
  const webrtc = settings.webrtc === null ? null : new WebRtc(settings.webrtc);
  const deliveryListeners = new Set<(delivery: { world: string; event: DeliveryNews }) => void>();
  const secrets = webhookSecrets(settings.seed);
  const carrier = {
    postOffice: new PostOffice({ timeoutMs: settings.webhookTimeoutMs }),
    sign: signer(secrets),
    retries: settings.webhookRetries,
    check: settings.validateResponses ? payloadCheck(loadWebhookValidators) : null,
  };
  const native = { withoutContacts: settings.metaWithoutContacts, legacyConnection: settings.metaLegacyConnection };
  const furnish = (world: World) => {
    for (const url of settings.webhooks) subscribeEveryNumber(world, url);
  };
  const worlds = new Worlds({
    furnish,
    seed: settings.seed,
    rules: { strict: settings.strict, sdpErrorCode: settings.sdpErrorCode },
    timeOfDay: () => Date.now(),
    archive: settings.archive,
    populate: (world) => {
      if (world.id === "default") addPeople(world, settings);
    },
    equip: (place) => {
      const { world, requests } = place;
      world.addTimerSource(people(scripts));
      requests.subscribe((request) => tellAll(requestListeners, { world: world.id, request }));
      world.subscribe((event) => {
        if (event.type !== "delivery.attempted" && event.type !== "delivery.dropped") return;
        tellAll(deliveryListeners, { world: world.id, event });
      });
      const peer = webrtc === null ? attachTemplatePeer(world) : webrtc.attach(place);
      const stops = [attachWebhooks(place, carrier, native), media.attach(place), peer];
      return () => {
        for (const stop of stops) stop();
      };
    },
  });
  const home = worlds.get("default") ?? defaultPlace(worlds, settings);
  armFaults(home, settings.faults);
  const { world } = home;
  // A world from an archive keeps its own seed, so an address that is new to it is added here.
  furnish(world);
  const view = new CollectionsView(world);
  const desk = webrtc === null ? media : webrtc.desk(media);
  const app = emptyApp();
  const pact = pactDesk(() => ({ control, request: async (path, init) => app.request(path, init) }));
  const sandboxed: Sandboxed = { worlds, scripts, media: desk, pact, version, startedAt: performance.now() };
  const control = createControl(sandboxed);
  let mediaUrl = settings.mediaUrl;
  const api = settings.validateResponses ? responseCheck(loadResponseValidators) : null;
  const controlCheck = settings.validateResponses ? responseCheck(loadControlResponseValidators) : null;
  mountControl(app, sandboxed, settings.control, controlCheck);
  mountApi(app, { worlds, metaErrorStatus: settings.metaErrorStatus, checkResponse: api }, () => mediaUrl, media);
  return {
    app,
    world,
    clock: world.clock,
    control,
    scripts,
    media,
    setMediaUrl: (url) => {
      mediaUrl = url;
    },
    collections: () => view.read(),
    onRequest: (listener) => requestListeners.add(listener),
    onDelivery: (listener) => deliveryListeners.add(listener),
    secrets,
    close: async () => {
      worlds.close();
      await webrtc?.settled();
    },
  };
}

/** The world that a sandbox starts with, unless its archive has one already (WORLD-001). */
function defaultPlace(worlds: Worlds, settings: SandboxSettings): Place {
  const { mode, clock, now } = settings;
  const opened = worlds.create({
    id: "default",
    mode,
    clock,
    ...(now === null ? {} : { now }),
    furnish: ({ world }) => addToDirectory(world, settings),
  });
  if (!opened.ok) throw new Error(opened.refusal.message);
  return opened.place;
}

const loadWebhookValidators = async () => (await import("../spec/generated/webhook-validators.js")).webhookValidators;
const loadResponseValidators = async () =>
  (await import("../spec/generated/response-validators.js")).responseValidators;
const loadControlResponseValidators = async () =>
  (await import("../spec/generated/control-response-validators.js")).controlResponseValidators;
