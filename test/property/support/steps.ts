import fc from "fast-check";
import type { Command } from "../../../mock/domain/commands.ts";
import { DAY, HOUR, SECOND } from "../../../mock/domain/time.ts";
import type { World } from "../../../mock/world/world.ts";
import { answer, offer } from "../../support/sandbox.ts";
import { numberOf } from "./world.ts";

/** What somebody wants of a world that does not exist yet: calls and numbers are named by a count. */
export type Step = { readonly advance: number } | { readonly wants: (world: World) => Command; readonly text: string };

// One who allows calls from the start, one of whom nothing is known, and three magic numbers.
const phones = ["5511999999999", "5511988887777", "5511900000001", "5511900000003", "5511900138006"];
const phone = fc.oneof({ weight: 3, arbitrary: fc.constant("5511999999999") }, fc.constantFrom(...phones));
// META and EVO_GO mostly; not connected, of another kind and of the low tier now and then.
const number = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(1, 1, 2) }, fc.constantFrom(3, 4, 5));
const call = fc.record({ back: fc.nat(6), external: fc.boolean() });

type CallPick = { readonly back: number; readonly external: boolean };

/** Counted from the newest, so that most actions meet a call that is still up; a count of 6 names no call. */
function picked(world: World, back: number) {
  const calls = [...world.state.calls.all()].slice(-3);
  return back === 6 ? undefined : calls.at(-1 - (back % Math.max(1, calls.length)));
}

function refOf(world: World, { back, external }: CallPick): string {
  const call = picked(world, back);
  return (external ? call?.externalCallId : call?.id) ?? "call_nope";
}

function ownerOf(world: World, { back }: CallPick): string {
  return picked(world, back)?.numberId ?? numberOf(world, 1).id;
}

function step<T>(
  text: string,
  values: fc.Arbitrary<T>,
  wants: (world: World, value: T) => Command,
): fc.Arbitrary<Step> {
  return values.map((value) => ({
    wants: (world: World) => wants(world, value),
    text: `${text} ${JSON.stringify(value)}`,
    [fc.toStringMethod]: () => `${text} ${JSON.stringify(value)}`,
  }));
}

const offerOrNot = fc.constantFrom("good", "good", "good", "good", "missing", "bad");
const sdps = { good: { offer, answer }, missing: { offer: null, answer: null }, bad: { offer: "v=1", answer: "v=1" } };
const kinds = (kind: string) => (kind === "missing" || kind === "bad" ? sdps[kind] : sdps.good);

const starts = step("start", fc.record({ number, phone, sdp: offerOrNot }), (world, at) => ({
  type: "startCall",
  numberId: numberOf(world, at.number).id,
  to: at.phone,
  sdp: kinds(at.sdp).offer,
  bizOpaqueCallbackData: null,
}));

const inbound = step("inbound", fc.record({ number, phone }), (world, at) => ({
  type: "callBusiness",
  numberId: numberOf(world, at.number).id,
  from: at.phone,
  script: null,
  sdp: null,
  deeplinkPayload: null,
  ctaPayload: null,
}));

const answers = step(
  "answer",
  fc.record({ do: fc.constantFrom("acceptCall" as const, "preAcceptCall" as const), call, sdp: offerOrNot }),
  (world, at) => ({
    type: at.do,
    numberId: ownerOf(world, at.call),
    callRef: refOf(world, at.call),
    sdp: kinds(at.sdp).answer,
  }),
);

const ends = step(
  "end",
  fc.record({ do: fc.constantFrom("rejectCall" as const, "terminateCall" as const), call, foreign: fc.nat(9) }),
  (world, at) => ({
    type: at.do,
    // Now and then a number asks for the call of another one.
    numberId: at.foreign === 0 ? numberOf(world, 2).id : ownerOf(world, at.call),
    callRef: refOf(world, at.call),
  }),
);

const media = step("media", fc.record({ play: fc.boolean(), call }), (world, at) => {
  const which = { numberId: ownerOf(world, at.call), callRef: refOf(world, at.call) };
  if (at.play) return { type: "playAudio", ...which, url: "https://example.com/hello.mp3" };
  return { type: "createRealtimeSession", ...which, mode: "talk" };
});

const acts = step(
  "person",
  fc.record({ call, do: fc.constantFrom("ring" as const, "answer" as const, "reject" as const, "hang-up" as const) }),
  (world, at) => ({
    type: "actAsPerson",
    callId: refOf(world, { ...at.call, external: false }),
    action: { do: at.do },
    step: null,
  }),
);

const fails = step("fail", fc.record({ call, code: fc.constantFrom(null, "138021", "12345") }), (world, at) => ({
  type: "actAsPerson",
  callId: refOf(world, { ...at.call, external: false }),
  action: { do: "fail", code: at.code },
  step: null,
}));

const strays = step("stray timeout", call, (world, at) => ({
  type: "ringTimeout",
  callId: refOf(world, { ...at, external: false }),
}));

const asks = step("ask", fc.record({ number, phone, probe: fc.boolean() }), (world, at) => {
  const pair = { numberId: numberOf(world, at.number).id, to: at.phone };
  return at.probe ? { type: "probePermission", ...pair } : { type: "requestPermission", ...pair, text: null };
});

const replies = step(
  "reply",
  fc.record({
    number,
    phone,
    response: fc.constantFrom("accept" as const, "reject" as const),
    permanent: fc.boolean(),
  }),
  (world, { number: last, ...reply }) => ({
    type: "replyToPermissionRequest",
    numberId: numberOf(world, last).id,
    ...reply,
  }),
);

const contacts = step(
  "contact",
  fc.record(
    {
      phone,
      reachable: fc.boolean(),
      script: fc.constantFrom(null, "reject", "no-answer", "hang-up"),
      permission: fc.constantFrom("none" as const, "temporary" as const, "permanent" as const),
      serviceWindow: fc.constantFrom("open" as const, "closed" as const),
    },
    { requiredKeys: ["phone"] },
  ),
  (_world, contact) => ({ type: "putContact", ...contact }),
);

const few = fc.integer({ min: 1, max: 4 });
const limits = fc.record(
  {
    bicScope: fc.constantFrom("number" as const, "pair" as const),
    connectedCallsPer24h: few,
    newCallsPer24h: fc.integer({ min: 2, max: 9 }),
    concurrentCalls: few,
    permissionRequestsPer24h: few,
    permissionRequestsPer7d: few,
    revokeAfterUnanswered: few,
    probesPerSecond: few,
    ringTimeoutSeconds: fc.integer({ min: 1, max: 90 }),
  },
  { requiredKeys: [] },
);

const changes = step(
  "change",
  fc.record({ number, change: fc.record({ limits, connected: fc.boolean() }, { requiredKeys: [] }) }),
  (world, at) => ({ type: "updateNumber", numberId: numberOf(world, at.number).id, change: at.change }),
);

const settings = step(
  "settings",
  fc.record({ number, callback: fc.boolean(), enabled: fc.constantFrom(true, true, false) }),
  (world, at) => ({
    type: "updateSettings",
    numberId: numberOf(world, at.number).id,
    change: {
      status: at.enabled ? "ENABLED" : "DISABLED",
      callback_permission_status: at.callback ? "ENABLED" : "DISABLED",
    },
  }),
);

const modes = step("mode", fc.constantFrom("manual" as const, "scripted" as const), (_world, mode) => ({
  type: "setMode",
  mode,
}));
// Rare: after each, a world has to reach its limits anew.
const resets = step("reset or nothing", fc.nat(2), (world, dice) =>
  dice === 0 ? { type: "resetWorld" } : { type: "setMode", mode: world.state.mode },
);

const advances: fc.Arbitrary<Step> = fc
  .oneof(
    { weight: 6, arbitrary: fc.constantFrom(1, 299, 300, SECOND, 5 * SECOND, 61 * SECOND) },
    { weight: 2, arbitrary: fc.constantFrom(HOUR, DAY - 1, DAY, 7 * DAY) },
    { weight: 2, arbitrary: fc.nat(10 * SECOND) },
  )
  .map((advance) => ({ advance }));

/** Anything that can be asked of a world, with the common things more often. */
export const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: advances },
  { weight: 10, arbitrary: starts },
  { weight: 7, arbitrary: inbound },
  { weight: 7, arbitrary: answers },
  { weight: 6, arbitrary: ends },
  { weight: 6, arbitrary: acts },
  { weight: 2, arbitrary: fails },
  { weight: 2, arbitrary: media },
  { weight: 1, arbitrary: strays },
  { weight: 4, arbitrary: asks },
  { weight: 3, arbitrary: replies },
  { weight: 2, arbitrary: contacts },
  { weight: 2, arbitrary: changes },
  { weight: 1, arbitrary: settings },
  { weight: 1, arbitrary: modes },
  { weight: 1, arbitrary: resets },
);

/** A whole story; long ones on purpose, since limits are reached late. */
export const story: fc.Arbitrary<readonly Step[]> = fc.array(anyStep, { minLength: 1, maxLength: 90, size: "max" });

/** Lets one step happen; null when it was time that passed. */
export async function happen(world: World, wanted: Step) {
  if ("wants" in wanted) return world.dispatch(wanted.wants(world));
  await world.clock.advance(wanted.advance);
  return null;
}
