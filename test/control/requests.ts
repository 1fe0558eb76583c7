import { expect } from "vitest";
import { type Answer, offer, type TestSandbox } from "../support/sandbox.ts";

export const person = "+5511988887777";
export const metaNumber = "551140000001";
export const evoNumber = "551140000002";

/** A control request about the world `default`; `path` follows `/_sandbox/worlds/default`. */
export function ask(sandbox: TestSandbox, method: string, path: string, body?: unknown): Promise<Answer> {
  return sandbox.request(method, `/_sandbox/worlds/default${path}`, { body });
}

/** What became of a request, in a form that is easy to compare. */
export function outcome({ status, body }: Answer): string {
  return `${status} ${body?.code ?? ""}`.trim();
}

/** Places an outbound call and gives its id; on META the person has allowed it. */
export async function dial(sandbox: TestSandbox, key: "meta" | "evo", to: string = person): Promise<string> {
  if (key === "meta") await sandbox.control.putContact({ phone: to, permission: "permanent" });
  const media = key === "meta" ? { sdp: offer, sdpType: "offer" } : {};
  const started = await sandbox.api(key, "POST", "/calls", { to, ...media });
  expect(started.status).toBe(201);
  return started.body.id;
}
