import { expect } from "vitest";
import type { ControlArguments } from "../../mock/control/control.ts";
import type { SandboxOptions } from "../../mock/sandbox-options.ts";
import type { WorldKeys } from "../../mock/world/seed.ts";
import { callable, offer, type TestSandbox, testSandbox } from "../support/sandbox.ts";
import { type Answering, type Receiver, receiver } from "./receiver.ts";

/** The numbers that a test sandbox calls from, by key. */
export const numbers = { meta: "551140000001", evo: "551140000002" } as const;
export type Hooked = TestSandbox & { readonly hook: Receiver };

/** A sandbox that posts everything to a receiver of the test's own. */
export async function hooked(options: SandboxOptions = {}, answering?: Answering): Promise<Hooked> {
  const hook = await receiver(answering);
  return { ...testSandbox({ webhooks: [hook.url], ...options }), hook };
}

/** Subscribes to some events and answers with the webhook. */
export async function subscribe(sandbox: TestSandbox, key: keyof WorldKeys, url: string, events: readonly string[]) {
  const { status, body } = await sandbox.api(key, "POST", "/webhooks", { url, name: "test", events });
  expect(status).toBe(201);
  return body;
}

/** Waits for what is on the wire, without moving the time. */
export async function settled(sandbox: TestSandbox): Promise<void> {
  await sandbox.clock.advance(0);
}

/** Places a call and gives its id. */
export async function call(sandbox: TestSandbox, key: "meta" | "evo", to = callable, data?: string): Promise<string> {
  const sdp = key === "meta" ? { sdp: offer } : {};
  const { status, body } = await sandbox.api(key, "POST", "/calls", { to, ...sdp, bizOpaqueCallbackData: data });
  expect(status).toBe(201);
  return String(body.id);
}

/** Has a person call a number of the sandbox and gives the call's id. */
export async function ring(
  sandbox: TestSandbox,
  key: "meta" | "evo",
  extra: Partial<ControlArguments<"createInboundCall">> = {},
) {
  const { id, externalCallId } = await sandbox.control.createInboundCall({
    to: numbers[key],
    from: "+5511988887777",
    ...extra,
  });
  return { id, externalCallId };
}

/** The flat events that came, those of one name or all but Meta's own. */
export function flat({ received }: Receiver, name?: string) {
  const events = received.map(({ body }) => body).filter((body) => typeof body.event === "string");
  return name === undefined ? events : events.filter((body) => body.event === name);
}

/** The values of Meta's own notifications on one field. */
export function native({ received }: Receiver, field: "calls" | "messages" = "calls") {
  return received
    .map(({ body }) => body.entry?.[0].changes[0])
    .filter((change) => change?.field === field)
    .map((change) => change.value);
}
