import { expect } from "vitest";
import type { WorldKeys } from "../../mock/world/seed.ts";
import { offer, type TestSandbox } from "../support/sandbox.ts";

/** A person about whom nothing is known. */
export const person = "+5511988887777";

/** Places a call and gives its id; on META the person has allowed it for good. */
export async function dial(sandbox: TestSandbox, key: "meta" | "evo", to: string): Promise<string> {
  if (key === "meta") await sandbox.control.putContact({ phone: to, permission: "permanent" });
  const media = key === "meta" ? { sdp: offer, sdpType: "offer" } : {};
  const { status, body } = await sandbox.api(key, "POST", "/calls", { to, ...media });
  expect(status).toBe(201);
  return body.id;
}

/** Has a person call a number of the world. */
export async function ring(sandbox: TestSandbox, to: "meta" | "evo", from: string, script?: string): Promise<string> {
  const number = to === "meta" ? "551140000001" : "551140000002";
  const { id } = await sandbox.control.createInboundCall({
    to: number,
    from,
    ...(script === undefined ? {} : { script }),
  });
  return id;
}

/** What a person's script has done with a call so far, with the instant of each act in seconds of the test. */
export async function course(sandbox: TestSandbox, callId = "latest") {
  const { entries } = await sandbox.control.getTimeline({ callId });
  return entries
    .filter(({ kind }) => kind === "transition" || kind === "person")
    .map(({ at, name, detail }) => {
      const seconds = (Date.parse(at) - Date.parse("2026-01-01T00:00:00.000Z")) / 1_000;
      return `${seconds} ${name}${name === "speak" ? ` ${detail["pattern"]}` : ""}`;
    });
}

/** The script that a call was given. */
export async function scriptOf(sandbox: TestSandbox, callId = "latest"): Promise<unknown> {
  const { entries } = await sandbox.control.getTimeline({ callId });
  return entries.find(({ kind }) => kind === "transition")?.detail["script"];
}

/** The call as the API shows it. */
export async function callNow(sandbox: TestSandbox, key: keyof WorldKeys, id: string) {
  return (await sandbox.api(key, "GET", `/calls/${id}`)).body;
}
