import fc from "fast-check";
import { expect, test } from "vitest";
import type { WorldEvent } from "../../mock/domain/events.ts";
import { answer, callable, offer, testSandbox } from "../support/sandbox.ts";
import { happen, type Step, story } from "./support/steps.ts";
import { recordedWorld } from "./support/world.ts";

async function told(options: { id?: string; seed?: string }, steps: readonly Step[]): Promise<readonly WorldEvent[]> {
  const { world, events } = recordedWorld(options);
  for (const step of steps) await happen(world, step);
  return events;
}

test("WORLD-016, PEOPLE-036: the same seed and the same commands give the same events, byte for byte", async () => {
  await fc.assert(
    fc.asyncProperty(story, async (steps) => {
      expect(JSON.stringify(await told({}, steps))).toBe(JSON.stringify(await told({}, steps)));
    }),
    { numRuns: 60 },
  );
});

/** Everything in some events that was drawn: ids, tokens and keys, and the random part inside the session descriptions. */
function drawn(events: readonly WorldEvent[]): string[] {
  const ids = /\b(?:call|conv|num)_[0-9A-Z]{26}|wacid\.[\w+/=]+|wamid\.[\w+/=]+|\b[0-9A-F]{32}\b|\b[0-9a-f]{64}\b/g;
  const text = JSON.stringify(events);
  return [...new Set(text.match(ids))];
}

test("WORLD-015: two worlds never give the same id, whatever happens in them", async () => {
  await fc.assert(
    fc.asyncProperty(story, story, async (one, other) => {
      const here = drawn(await told({ id: "default" }, one));
      const there = new Set(drawn(await told({ id: "w1" }, other)));
      expect(here.length).toBeGreaterThan(5);
      expect(here.filter((id) => there.has(id))).toEqual([]);
    }),
    { numRuns: 40 },
  );
});

test("WORLD-016: another seed gives other ids for the same commands", async () => {
  const steps = fc.sample(story, { numRuns: 1, seed: 4 })[0] ?? [];
  const there = new Set(drawn(await told({ seed: "2" }, steps)));
  expect(drawn(await told({ seed: "1" }, steps)).filter((id) => there.has(id))).toEqual([]);
});

type Api = readonly ["meta" | "evo", "GET" | "POST", string, unknown?];

const requests: fc.Arbitrary<Api> = fc.constantFrom<Api[]>(
  ["meta", "POST", "/calls", { to: callable, sdp: offer }],
  ["meta", "POST", "/calls", { to: "+5511988887777", sdp: offer }],
  ["meta", "POST", "/calls/latest/accept", { sdp: answer }],
  ["meta", "POST", "/calls/permissions/request", { to: "+5511988887777" }],
  ["meta", "GET", "/calls?limit=3"],
  ["evo", "POST", "/calls", { to: "+5511900000001" }],
  ["evo", "POST", "/calls/call_nope/realtime-session", {}],
  ["evo", "GET", "/calls"],
);
const visit = fc.array(fc.tuple(requests, fc.constantFrom("PT0.001S", "PT1S", "PT10S")), {
  minLength: 1,
  maxLength: 12,
});

test("WORLD-016: the same requests on the virtual clock are answered with the same bytes, refusals included", async () => {
  const answers = async (all: readonly (readonly [Api, string])[]) => {
    const sandbox = testSandbox();
    const texts: string[] = [];
    for (const [[key, method, path, body], pause] of all) {
      const { status, body: answered, behaviour } = await sandbox.api(key, method, path, body);
      texts.push(JSON.stringify([status, answered, behaviour]));
      await sandbox.advance(pause);
    }
    await sandbox.close();
    return texts;
  };
  await fc.assert(
    fc.asyncProperty(visit, async (all) => {
      expect(await answers(all)).toEqual(await answers(all));
    }),
    { numRuns: 15 },
  );
});
