import { newRecording, type Recording, readRecording } from "../../../contracts/recording/index.ts";
import { listenHttp } from "../../../mock/doors/http.ts";
import type { Sandbox } from "../../../mock/sandbox.ts";
import { temporary } from "../../doors/cli-process.ts";
import { callable, keys, offer, testSandbox } from "../../support/sandbox.ts";
import { proxied } from "../proxy/stand.ts";

/** A person who hasn't allowed calls. */
export const stranger = "+5521987654321";

/** One request of a client; answers with the parsed body. */
// biome-ignore lint/suspicious/noExplicitAny: a parsed answer in a test
type Ask = (key: string, method: string, path: string, body?: unknown) => Promise<any>;

/** Records what a client says to a sandbox, through a proxy. */
export async function recorded(
  talk: (ask: Ask, sandbox: Sandbox) => Promise<void>,
): Promise<{ readonly directory: string; readonly recording: Recording }> {
  const sandbox = testSandbox({ webrtc: false });
  const door = await listenHttp(sandbox, { host: "127.0.0.1", port: 0, overrideGlobalObjects: false });
  const directory = temporary();
  const folder = await newRecording(directory);
  const { url, end, findings } = await proxied(door.url);
  try {
    await talk(async (key, method, path, body) => {
      const response = await fetch(`${url}/v1${path}`, {
        method,
        headers: { "x-api-key": key, ...(body === undefined ? {} : { "content-type": "application/json" }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return response.json();
    }, sandbox);
    await end();
  } finally {
    await door.close();
  }
  for (const { number, operation, departures, exchange } of findings) {
    if (exchange !== null) await folder.add({ number, operation, departures, ...exchange });
  }
  return { directory, recording: await readRecording(directory) };
}

/** Both providers, calls of both directions, ids handed back, and refusals. */
export async function talk(ask: Ask, sandbox: Sandbox): Promise<void> {
  const { meta, evo } = keys;
  const { id } = await ask(evo, "POST", "/calls", { to: "+5511987650000", bizOpaqueCallbackData: "order-42" });
  await sandbox.control.advanceClock({ by: "PT3S" });
  await ask(evo, "GET", `/calls/${id}`);
  await ask(evo, "POST", `/calls/${id}/realtime-session`);
  await ask(evo, "POST", `/calls/${id}/terminate`);
  await ask(evo, "POST", `/calls/${id}/terminate`);
  const { calls } = await ask(evo, "GET", "/calls?limit=5");
  await ask(evo, "GET", `/calls?before=${encodeURIComponent(calls[0].createdAt)}`);
  await ask(evo, "GET", "/calls/settings");
  await ask(meta, "POST", "/calls", { to: callable, sdp: offer, sdpType: "offer" });
  await ask(meta, "POST", "/calls", { to: stranger, sdp: offer, sdpType: "offer" });
  const call = await sandbox.control.createInboundCall({ to: "+551140000001", from: stranger });
  await ask(meta, "GET", `/calls/${encodeURIComponent(call.externalCallId)}?includeSdp=1`);
  await ask(meta, "POST", `/calls/${encodeURIComponent(call.externalCallId)}/reject`);
  await ask(meta, "GET", "/calls/settings");
  await ask(meta, "GET", `/calls/permissions?to=${encodeURIComponent("+5521987650009")}`);
  await ask(meta, "GET", "/calls?limit=0");
  await ask("ps_wrong", "GET", "/calls");
}
