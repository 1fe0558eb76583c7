import fc from "fast-check";
import { expect, test } from "vitest";
import type { Command } from "../../mock/domain/commands.ts";
import { pairKey } from "../../mock/domain/pair.ts";
import { effectivePermission } from "../../mock/domain/permission.ts";
import { DAY, HOUR, SECOND } from "../../mock/domain/time.ts";
import type { World } from "../../mock/world/world.ts";
import { answer, offer } from "../support/sandbox.ts";
import { Model, type ModelLimits } from "./support/model.ts";
import { numberOf, recordedWorld, start } from "./support/world.ts";

const people = ["5511988880001", "5511988880002", "5511988880003"];

const some = (max: number) => fc.integer({ min: 1, max });
const limits: fc.Arbitrary<ModelLimits> = fc.record({
  bicScope: fc.constantFrom("number" as const, "pair" as const),
  connectedCallsPer24h: some(2),
  newCallsPer24h: some(6),
  concurrentCalls: some(3),
  permissionRequestsPer24h: some(2),
  permissionRequestsPer7d: some(3),
  revokeAfterUnanswered: some(4),
  ringTimeoutSeconds: some(60),
});

const person = fc.constantFrom(...people);
const meta = fc.constantFrom(true, true, true, false);
// Counted from the newest call.
const pick = fc.constantFrom(0, 0, 0, 1, 2, 3);

const personActions = ["ring", "answer", "answer", "reject", "hang-up", "hang-up", "fail"] as const;

const move = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant("start" as const), meta, person }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("receive" as const), meta, person }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant("business" as const),
      pick,
      action: fc.constantFrom("accept" as const, "reject" as const, "terminate" as const),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant("person" as const),
      pick,
      action: fc.constantFrom(...personActions),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("ask" as const), person }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("reply" as const),
      person,
      yes: fc.constantFrom(true, true, false),
      forGood: fc.boolean(),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant("advance" as const),
      by: fc.constantFrom(0, 1, SECOND, SECOND, 30 * SECOND, HOUR, HOUR, DAY - HOUR, DAY - 1, DAY, 6 * DAY),
    }),
  },
);
type Move = typeof move extends fc.Arbitrary<infer M> ? M : never;

/** What the model says that the move leads to. */
function expected(model: Model, wanted: Move): string {
  if (wanted.do === "start") return model.start(wanted.meta, wanted.person);
  if (wanted.do === "receive") return model.receive(wanted.meta, wanted.person);
  if (wanted.do === "ask") return model.ask(wanted.person);
  if (wanted.do === "reply") return model.reply(wanted.person, wanted.yes, wanted.forGood);
  if (wanted.do === "advance") {
    model.advance(wanted.by);
    return "ok";
  }
  const call = model.calls.at(-1 - wanted.pick);
  if (call === undefined) return "CALL_NOT_FOUND";
  return wanted.do === "business" ? model.business(call, wanted.action) : model.person(call, wanted.action);
}

type MoveOf<T extends Move["do"]> = Extract<Move, { do: T }>;

/** The same as a command to the world; null when time shall pass. */
function command(world: World, wanted: Move): Command | null {
  const numberId = (onMeta: boolean) => numberOf(world, onMeta ? 1 : 2).id;
  switch (wanted.do) {
    case "start": {
      const sdp = wanted.meta ? offer : null;
      return {
        type: "startCall",
        numberId: numberId(wanted.meta),
        to: wanted.person,
        sdp,
        bizOpaqueCallbackData: null,
      };
    }
    case "receive": {
      const nothing = { script: null, sdp: null, deeplinkPayload: null, ctaPayload: null };
      return { type: "callBusiness", numberId: numberId(wanted.meta), from: wanted.person, ...nothing };
    }
    case "ask":
      return { type: "requestPermission", numberId: numberId(true), to: wanted.person, text: null };
    case "reply": {
      const response = wanted.yes ? "accept" : "reject";
      const pair = { numberId: numberId(true), phone: wanted.person };
      return { type: "replyToPermissionRequest", ...pair, response, permanent: wanted.forGood };
    }
    case "advance":
      return null;
    case "person":
      return ofPerson(world, wanted);
    case "business":
      return ofBusiness(world, wanted);
  }
}

const picked = (world: World, back: number) => [...world.state.calls.all()].at(-1 - back);

function ofPerson(world: World, { pick: back, action: name }: MoveOf<"person">): Command {
  const action = name === "fail" ? { do: name, code: null } : { do: name };
  return { type: "actAsPerson", callId: picked(world, back)?.id ?? "call_nope", action, step: null };
}

function ofBusiness(world: World, { pick: back, action }: MoveOf<"business">): Command {
  const call = picked(world, back);
  const of = { numberId: call?.numberId ?? numberOf(world, 2).id, callRef: call?.id ?? "call_nope" };
  if (action === "reject") return { type: "rejectCall", ...of };
  if (action === "terminate") return { type: "terminateCall", ...of };
  return { type: "acceptCall", ...of, sdp: call?.provider === "META" ? answer : null };
}

/** Plays the moves on both; every move has to lead to the same, and both have to look alike after it. */
async function compare(rules: ModelLimits, moves: readonly Move[], met: Set<string>): Promise<void> {
  const { world } = recordedWorld({ mode: "manual" });
  for (const last of [1, 2]) {
    world.dispatch({ type: "updateNumber", numberId: numberOf(world, last).id, change: { limits: rules } });
  }
  const model = new Model(start, rules);
  for (const wanted of moves) {
    const said = expected(model, wanted);
    const asked = command(world, wanted);
    const decision = asked === null ? null : world.dispatch(asked);
    if (wanted.do === "advance") await world.clock.advance(wanted.by);
    expect(decision === null || decision.ok ? "ok" : decision.refusal.code).toBe(said);
    met.add(said);
    lookAlike(world, model);
  }
}

function lookAlike(world: World, model: Model): void {
  const now = world.clock.now();
  expect(now).toBe(model.now);
  const seen = [...world.state.calls.all()].map(({ status, connectedAt, endedAt }) => ({
    status,
    connectedAt,
    endedAt,
  }));
  expect(seen).toEqual(model.calls.map(({ status, connectedAt, endedAt }) => ({ status, connectedAt, endedAt })));
  const numberId = numberOf(world, 1).id;
  for (const phone of people) {
    const pair = world.state.pairs.get(pairKey(numberId, phone));
    if (pair === undefined) continue;
    expect(effectivePermission(pair.permission, now).status).toBe(model.permitted(phone));
    expect(pair.unansweredInARow).toBe(model.pair(phone).unanswered);
    expect(pair.windowClosesAt).toBe(model.pair(phone).windowClosesAt);
  }
}

const game = fc.array(move, { minLength: 1, maxLength: 100, size: "max" });

test("calls, permissions and limits do what a much simpler model says, move by move", async () => {
  await fc.assert(
    fc.asyncProperty(limits, game, (rules, moves) => compare(rules, moves, new Set())),
    { numRuns: 150 },
  );
});

// The same games every time, so that this can't fail by chance.
test("the games of the model meet every refusal that it knows", async () => {
  const met = new Set<string>();
  for (const [rules, moves] of fc.sample(fc.tuple(limits, game), { seed: 1, numRuns: 150 }))
    await compare(rules, moves, met);
  expect([...met].toSorted()).toEqual([
    "CALL_NOT_FOUND",
    "INBOUND_CALL_NOT_POSSIBLE",
    "INVALID_CALL_STATE",
    "META_CALL_ALREADY_IN_PROGRESS",
    "META_CALL_LIMIT",
    "META_CALL_PERMISSION_ALREADY_PERMANENT",
    "META_CALL_PERMISSION_REQUEST_LIMIT",
    "META_CALL_PERMISSION_REQUIRED",
    "META_CALL_RATE_LIMIT",
    "META_CONCURRENT_CALL_LIMIT",
    "META_OUTSIDE_24H_WINDOW",
    "NO_PERMISSION_REQUEST",
    "PERSON_CANNOT_DO_THAT",
    "ok",
  ]);
});
