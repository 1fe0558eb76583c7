import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "../../../mock/domain/commands.ts";
import type { WorldEvent } from "../../../mock/domain/events.ts";
import type { CallingNumber, NumberId } from "../../../mock/domain/number.ts";
import type { CallingProvider } from "../../../mock/domain/provider.ts";
import type { World } from "../../../mock/world/world.ts";
import { root } from "../../lib/root.ts";

/** Calls go to that many people in turn, as a business's calls do. */
export const people = 1_000;

/** The phone of one of the people. None of these is a magic number. */
export function phoneOf(person: number): string {
  return `55119${String(10_000_000 + (person % people))}`;
}

/**
 * Makes finished calls through the core, as requests would: placed, answered by the person, ended by the business.
 * The world's clock must be virtual; a second passes after every thousand calls.
 *
 * @returns the ids of the calls, in the order of their creation
 */
export async function fill(world: World, provider: CallingProvider, count: number): Promise<string[]> {
  const numberId = numberOf(world, provider).id;
  const sdp = provider === "META" ? offer() : null;
  const ids: string[] = [];
  for (let index = 0; index < count; index++) {
    ids.push(finishedCall(world, numberId, phoneOf(index), sdp));
    if (index % 1_000 === 999) await world.clock.advance(1_000);
  }
  return ids;
}

/** The number of a provider that every world starts with. */
export function numberOf(world: World, provider: CallingProvider): CallingNumber {
  for (const number of world.state.numbers.values()) {
    if (number.provider === provider && number.connected) return number;
  }
  throw new Error(`this world has no ${provider} number`);
}

/** Lifts the documented limits of the META number and lets everybody be called: a million calls in a day are no use case. */
export function liftMetaLimits(world: World): void {
  const limits = { connectedCallsPer24h: 1e9, newCallsPer24h: 1e9, concurrentCalls: 1e9 };
  run(world, { type: "updateNumber", numberId: numberOf(world, "META").id, change: { limits } });
  for (let person = 0; person < people; person++) {
    run(world, { type: "putContact", phone: phoneOf(person), permission: "permanent" });
  }
}

function finishedCall(world: World, numberId: NumberId, to: string, sdp: string | null): string {
  const events = run(world, { type: "startCall", numberId, to, sdp, bizOpaqueCallbackData: null });
  const callId = events.find((event) => event.type === "call.started")?.callId ?? "";
  run(world, { type: "actAsPerson", callId, action: { do: "answer" }, step: null });
  run(world, { type: "terminateCall", numberId, callRef: callId });
  return callId;
}

function run(world: World, command: Command): readonly WorldEvent[] {
  const decision = world.dispatch(command);
  if (!decision.ok) throw new Error(`${command.type} was refused: ${decision.refusal.message}`);
  return decision.events;
}

function offer(): string {
  const body: unknown = JSON.parse(readFileSync(join(root, "examples/offer.json"), "utf8"));
  if (typeof body === "object" && body !== null && "sdp" in body && typeof body.sdp === "string") return body.sdp;
  throw new Error("examples/offer.json has no sdp");
}
