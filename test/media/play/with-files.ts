import { expect } from "vitest";
import type { SandboxOptions } from "../../../mock/sandbox-options.ts";
import { type MediaSandbox, mediaSandbox } from "../support/client.ts";
import { type Route, serveFiles } from "./server.ts";

/** A sandbox that may fetch from a server with these files. */
export async function withFiles(routes: Record<string, Route>, options: SandboxOptions = {}) {
  const server = await serveFiles(routes);
  const sandbox = await mediaSandbox({ allowMediaHosts: [`127.0.0.1:${server.port}`], ...options });
  const play = async (callId: string, path: string) => {
    const answer = await sandbox.api("evo", "POST", `/calls/${callId}/play`, { mediaUrl: server.url + path });
    expect(answer.status).toBe(200);
  };
  return { server, sandbox, play };
}

/** The timeline's entries about files, the request itself left out. */
export async function told(sandbox: MediaSandbox, callId: string) {
  const entries = await sandbox.timeline(callId);
  return entries.filter(({ name }) => name.startsWith("audio"));
}

/** Only their names. */
export const namesOf = async (sandbox: MediaSandbox, callId: string) =>
  (await told(sandbox, callId)).map(({ name }) => name);

/** A file that begins and never ends, with the moments at which it was asked for and given up. */
export function stalling() {
  const asked = Promise.withResolvers<void>();
  const closed = Promise.withResolvers<void>();
  const route: Route = (request, response) => {
    request.socket.on("close", () => closed.resolve());
    response.write("RIFF");
    asked.resolve();
  };
  return { route, asked: asked.promise, closed: closed.promise };
}
