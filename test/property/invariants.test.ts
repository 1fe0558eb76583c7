import fc from "fast-check";
import { expect, test } from "vitest";
import { durationSeconds } from "../../mock/domain/call.ts";
import type { WorldEvent } from "../../mock/domain/events.ts";
import { transitions } from "../../mock/domain/transitions.ts";
import { dump, instantsIn } from "./support/dump.ts";
import { recountNumber, recountPair, sinceReset, toldCalls } from "./support/recount.ts";
import { happen, type Step, story } from "./support/steps.ts";
import { type Recorded, recordedWorld } from "./support/world.ts";

/** Plays stories and has something checked after every step of each. */
async function always(check: (recorded: Recorded) => void, numRuns: number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(story, async (steps) => {
      const recorded = recordedWorld();
      for (const step of steps) {
        await happen(recorded.world, step);
        check(recorded);
      }
    }),
    { numRuns },
  );
}

test("every change of a call's status is one of the table, and the call's record tells the last one", async () => {
  await always(({ world, events }) => {
    for (const { identity, statuses } of toldCalls(sinceReset(events)).values()) {
      for (const [index, next] of statuses.slice(1).entries()) {
        expect(transitions[identity.direction][statuses[index] ?? "MISSED"]).toContain(next);
      }
      expect(world.state.calls.get(identity.id)?.status).toBe(statuses.at(-1));
    }
  }, 40);
});

test("CALL-050, CALL-051, CALL-053, CALL-054: connectedAt is the answer, endedAt the end, the duration lies between", async () => {
  await always(({ world, events }) => {
    const told = toldCalls(sinceReset(events));
    expect(world.state.calls.size).toBe(told.size);
    for (const call of world.state.calls.all()) {
      const { answeredAt, endedAt } = told.get(call.id) ?? expect.fail(`${call.id} was never started`);
      expect([call.connectedAt, call.endedAt]).toEqual([answeredAt, endedAt]);
      const talked = answeredAt === null || endedAt === null ? null : Math.floor((endedAt - answeredAt) / 1_000);
      expect(durationSeconds(call)).toBe(talked);
      expect(call.failure === null).toBe(call.status !== "FAILED");
      expect(call.updatedAt).toBeGreaterThanOrEqual(call.createdAt);
      expect(world.state.live.has(call.id)).toBe(endedAt === null);
    }
  }, 40);
});

test("META-LIMIT-015: what the limits of a number count is what a recount of all events gives", async () => {
  await always(({ world, events }) => {
    const now = world.clock.now();
    for (const [numberId, traffic] of world.state.traffic) {
      expect({
        openCalls: traffic.openCalls,
        newCalls: traffic.newCalls.count(now),
        connectedCalls: traffic.connectedCalls.count(now),
        probes: traffic.probes.count(now),
      }).toEqual(recountNumber(sinceReset(events), numberId, now));
    }
  }, 40);
});

test("META-PERM-019, META-PERM-052: what a number and a person have counted is what a recount gives", async () => {
  await always(({ world, events }) => {
    const now = world.clock.now();
    for (const pair of world.state.pairs.values()) {
      if (world.state.numbers.get(pair.numberId)?.provider !== "META") continue;
      const { requestsSent, connectedCalls, unansweredInARow, openCall } = pair;
      expect(instantsIn(requestsSent, now)).toHaveLength(requestsSent.count(now));
      expect({
        requestsSent: requestsSent.count(now),
        connectedCalls: connectedCalls.count(now),
        unansweredInARow,
        openCall,
      }).toEqual(recountPair(sinceReset(events), pair.numberId, pair.phone, now));
    }
  }, 40);
});

test("META-PERM-061: a refused command changes nothing at all", async () => {
  let refusals = 0;
  const refusedAlike = async ({ world, events }: Recorded, step: Step) => {
    const before = dump(world.state, world.clock.now());
    const [heard, waiting] = [events.length, world.clock.waiting];
    const decision = await happen(world, step);
    if (decision === null || decision.ok) return;
    refusals++;
    expect([events.length, world.clock.waiting]).toEqual([heard, waiting]);
    expect(dump(world.state, world.clock.now())).toBe(before);
  };
  await fc.assert(
    fc.asyncProperty(story, async (steps) => {
      const recorded = recordedWorld();
      for (const step of steps) await refusedAlike(recorded, step);
    }),
    { numRuns: 40 },
  );
  expect(refusals).toBeGreaterThan(100);
});

test("CALL-049: an ended call never changes again", async () => {
  await fc.assert(
    fc.asyncProperty(story, async (steps) => {
      const { world } = recordedWorld();
      const ended = new Map<string, string>();
      for (const step of steps) {
        await happen(world, step);
        for (const call of world.state.calls.all()) {
          if (call.endedAt === null) continue;
          const record = JSON.stringify({ ...call, ...world.state.calls.sdp(call.id) });
          expect(record).toBe(ended.get(call.id) ?? record);
          ended.set(call.id, record);
        }
      }
    }),
    { numRuns: 40 },
  );
});

test("CALL-056: createdAt grows with every call of a number, also within one millisecond", async () => {
  await always(({ world }) => {
    for (const numberId of world.state.numbers.keys()) {
      const created = world.state.calls.page(numberId, 1_000, null).map(({ createdAt }) => createdAt);
      expect(created).toEqual([...new Set(created)].toSorted((a, b) => b - a));
    }
  }, 40);
});

function idsGivenIn(event: WorldEvent): readonly string[] {
  switch (event.type) {
    case "call.started":
    case "call.received":
      return [event.callId, event.call.externalCallId];
    case "pair.met":
      return [event.conversationId];
    case "permission.requested":
      return [event.messageId];
    case "realtime.sessionCreated":
      return [event.token.token];
    case "number.added":
      return [event.number.id];
    default:
      return [];
  }
}

test("CALL-009, WORLD-014: no id and no token is given twice, also not after a reset", async () => {
  await fc.assert(
    fc.asyncProperty(story, async (steps) => {
      const { world, events } = recordedWorld();
      for (const step of steps) await happen(world, step);
      const ids = events.flatMap(idsGivenIn);
      expect(ids).toHaveLength(new Set(ids).size);
    }),
    { numRuns: 60 },
  );
});
