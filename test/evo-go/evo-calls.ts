import { expect } from "vitest";
import type { TestSandbox } from "../support/sandbox.ts";

/** A person about whom nothing is known: answers after a second and stays. */
export const person = "+5511988887777";

/** Places an outbound EVO_GO call and gives both of its ids. */
export async function placeCall(sandbox: TestSandbox, to: string = person) {
  const { status, body } = await sandbox.api("evo", "POST", "/calls", { to });
  expect(status).toBe(201);
  return { id: String(body.id), externalCallId: String(body.externalCallId) };
}

/** Has a person call the EVO_GO number and gives both ids of the call. */
export async function receiveCall(sandbox: TestSandbox, from: string = person) {
  const { id, externalCallId } = await sandbox.control.createInboundCall({ to: "551140000002", from });
  return { id, externalCallId };
}

/** The call as the API shows it. */
export async function callNow(sandbox: TestSandbox, id: string, includeSdp = false) {
  const { status, body } = await sandbox.api("evo", "GET", `/calls/${id}${includeSdp ? "?includeSdp=1" : ""}`);
  expect(status).toBe(200);
  return body;
}

/** The details of a call's timeline entries of one name. */
export async function happened(sandbox: TestSandbox, callId: string, name: string) {
  const { entries } = await sandbox.control.getTimeline({ callId });
  return entries.filter((entry) => entry.name === name).map(({ detail }) => detail);
}
