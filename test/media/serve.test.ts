import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { cli, serving } from "../doors/cli-process.ts";
import { keys } from "../support/sandbox.ts";
import { Client } from "./support/client.ts";

const bound = 60_000;

async function post(url: string, body: object): Promise<Record<string, string>> {
  const headers = { "x-api-key": keys.evo, "content-type": "application/json" };
  return JSON.parse(await (await fetch(url, { method: "POST", headers, body: JSON.stringify(body) })).text());
}

test(
  "MEDIA-WS-001, MEDIA-WS-032: serve opens the media host of its ready file, and a stop closes its sockets with 1001",
  async () => {
    const { ready, child, ended } = await serving(["--port", "0", "--media-port", "0"]);
    expect(ready.mediaUrl).toMatch(/^ws:\/\/127\.0\.0\.1:\d+$/);
    const { id = "" } = await post(`${ready.apiUrl}/v1/calls`, { to: "+5511977776666" });
    const { wsUrl = "" } = await post(`${ready.apiUrl}/v1/calls/${id}/realtime-session`, { mode: "talk" });
    expect(wsUrl.startsWith(`${ready.mediaUrl}/call/media/realtime/ws/`)).toBe(true);
    const client = await Client.open(wsUrl);
    await new Promise((resolve) => client.socket.once("message", resolve));
    expect(client.frames[0]).toHaveLength(1_920);
    child.kill("SIGTERM");
    expect(await client.closed).toEqual({ code: 1001, reason: "sandbox shuts down" });
    expect(await ended).toBe(0);
  },
  bound,
);

test(
  "WORLD-026: a media port that is taken is named with its own option, and the process ends with 1",
  async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => {
      taken.close();
    });
    const { port } = taken.address() as AddressInfo;
    const { ended, stderr } = cli(["--port", "0", "--media-port", String(port)]);
    expect(await ended).toBe(1);
    expect(stderr()).toContain(`Port ${port} on 127.0.0.1 is taken`);
    expect(stderr()).toContain("--media-port 0");
  },
  bound,
);
