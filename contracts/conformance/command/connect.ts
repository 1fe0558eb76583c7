import { isMap } from "../../../mock/config/path.ts";
import { listenHttp } from "../../../mock/doors/http.ts";
import { listenMedia } from "../../../mock/doors/media-host.ts";
import { createSandbox } from "../../../mock/sandbox.ts";
import { webhookSecrets } from "../../../mock/webhooks/sign.ts";
import { NoAnswer } from "../../http/bounded-fetch.ts";
import { sendTo, usualBounds } from "../../http/send.ts";
import type { KeyName } from "../case.ts";
import type { TargetDescription } from "../targets/description.ts";
import { liveKeys } from "../targets/live-target.ts";
import type { ConformanceFlags } from "./flags.ts";

/** Something in the command's words that can't be done; the message says what and what to do. */
export class ConformanceUsage extends Error {
  override readonly name = "ConformanceUsage";
}

/** Where cases are played, and the way to let go of it. */
export interface Connection {
  readonly description: TargetDescription;
  readonly close: () => Promise<void>;
}

/**
 * Finds what the cases are played against: a sandbox of our own, a sandbox behind an address, or a live service.
 *
 * @throws ConformanceUsage when nothing answers there, or when a key is wrong
 */
export async function connect(flags: ConformanceFlags): Promise<Connection> {
  const { target } = flags;
  if (target === undefined) {
    const pointless = liveOnly.find(([name]) => flags[name] !== undefined);
    if (pointless === undefined) return ownSandbox(flags);
    throw new ConformanceUsage(
      `${pointless[1]} is for a live service, and none was named. Add --target with its address.`,
    );
  }
  if (!URL.canParse(target) || !/^https?:$/.test(new URL(target).protocol)) {
    throw new ConformanceUsage(`--target must be an http:// or https:// address, but was ${JSON.stringify(target)}.`);
  }
  const keys = keysOf(flags);
  const close = async () => {};
  if (flags.live !== true && Object.keys(keys).length === 0) {
    return { description: await sandboxAt(target, flags), close };
  }
  return { description: await serviceAt(target, keys, flags), close };
}

/** Options that mean nothing against a sandbox of our own: whoever gives one believes to test something else. */
const liveOnly = [
  ["live", "--live"],
  ["allowCalls", "--allow-calls"],
  ["allowChanges", "--allow-changes"],
] as const;

async function ownSandbox({ timeoutMs }: ConformanceFlags): Promise<Connection> {
  const sandbox = createSandbox({ validateResponses: true, webrtc: false });
  const address = { host: "127.0.0.1", port: 0 };
  const media = await listenMedia(sandbox, address);
  const door = await listenHttp(sandbox, { ...address, overrideGlobalObjects: false });
  sandbox.setMediaUrl(media.url);
  const { url } = door;
  return {
    description: { kind: "sandbox", url, controlUrl: url, controlToken: null, secrets: sandbox.secrets, timeoutMs },
    close: async () => {
      await Promise.all([door.close(), media.close()]);
      await sandbox.close();
    },
  };
}

async function sandboxAt(url: string, flags: ConformanceFlags): Promise<TargetDescription> {
  const { controlUrl = url.replace(/(\/api)?\/v1\/?$/, ""), controlToken = null, timeoutMs, seed } = flags;
  const headers = controlToken === null ? {} : { authorization: `Bearer ${controlToken}` };
  const health = await ask(controlUrl, "/_sandbox/health", headers, timeoutMs);
  if (health.status === 401 || health.status === 403) {
    throw new ConformanceUsage(`The sandbox at ${controlUrl} asks for its token. Give it with --control-token.`);
  }
  if (health.status !== 200 || !isSandbox(health.body)) {
    throw new ConformanceUsage(
      `${controlUrl} is no sandbox. For a live service give its keys, with --meta-key or --evo-key; for a sandbox whose control API is elsewhere, --control-url.`,
    );
  }
  return { kind: "sandbox", url, controlUrl, controlToken, secrets: webhookSecrets(seed), timeoutMs };
}

async function serviceAt(
  url: string,
  keys: Readonly<Partial<Record<KeyName, string>>>,
  flags: ConformanceFlags,
): Promise<TargetDescription> {
  const { allowCalls = null, allowChanges = false, rate, timeoutMs } = flags;
  if (Object.keys(keys).length === 0) {
    throw new ConformanceUsage("A live service needs at least one key. Give --meta-key, --evo-key or both.");
  }
  for (const [name, key] of Object.entries(keys)) {
    const { status } = await ask(url, "/v1/calls?limit=1", { "x-api-key": key }, timeoutMs);
    if (status !== 401) continue;
    throw new ConformanceUsage(
      `${url} refused ${liveKeys[name as keyof typeof liveKeys]} with 401. Check the key, and that it is one of this service.`,
    );
  }
  return { kind: "live", url, keys, allowCalls, allowChanges, requestsPerSecond: rate, timeoutMs };
}

async function ask(url: string, target: string, headers: Readonly<Record<string, string>>, timeoutMs: number) {
  try {
    return await sendTo(url, { ...usualBounds, timeoutMs })({ method: "GET", target, headers, body: null });
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    throw new ConformanceUsage(`${error.message} Check --target, and that the service runs.`);
  }
}

function isSandbox(body: string | null): boolean {
  try {
    const health: unknown = JSON.parse(body ?? "");
    return isMap(health) && typeof health["specVersion"] === "string";
  } catch {
    return false;
  }
}

function keysOf(flags: ConformanceFlags): Readonly<Partial<Record<KeyName, string>>> {
  const { metaKey, evoKey, evoOfflineKey, otherKey, metaLowTierKey, tenantKey, unboundKey } = flags;
  const all = {
    meta: metaKey,
    evo: evoKey,
    evoOffline: evoOfflineKey,
    other: otherKey,
    metaLowTier: metaLowTierKey,
    tenant: tenantKey,
    unbound: unboundKey,
  };
  return Object.fromEntries(Object.entries(all).filter(([, key]) => key !== undefined));
}
