import { expect, test } from "vitest";
import { subjectsIn, subjectsOf } from "../../mock/world/subject.ts";
import { numberOf, recordedWorld, start } from "../property/support/world.ts";

const at = start;

function worldWithTwoCalls() {
  const { world } = recordedWorld({ mode: "manual" });
  const numberId = numberOf(world, 2).id;
  for (const to of ["5511988880001", "5511988880002"]) {
    world.dispatch({ type: "startCall", numberId, to, sdp: null, bizOpaqueCallbackData: null });
  }
  return { state: world.state, numberId, calls: [...world.state.calls.all()].map(({ id }) => id) };
}

const keysOf = (subjects: Iterable<{ readonly key: string }>) => [...subjects].map(({ key }) => key);

test("timers can be about every call that is up and every pair that has met", () => {
  const { state, calls } = worldWithTwoCalls();
  expect(keysOf(subjectsIn(state))).toEqual([...calls, ...state.pairs.keys()]);
});

test("an event is about its call or its pair, and each is named once", () => {
  const { state, numberId, calls } = worldWithTwoCalls();
  const [callId = ""] = calls;
  const rang = { type: "call.rang", at, callId } as const;
  const closed = { type: "window.closed", at, numberId, phone: "5511988880001" } as const;
  expect(keysOf(subjectsOf([rang, closed, rang], state))).toEqual([callId, `${numberId}/5511988880001`]);
});

test("what is put down of a contact concerns them and every number", () => {
  const { state } = worldWithTwoCalls();
  const contact = { phone: "5511988880003", name: null, script: "reject", reachable: true };
  expect(keysOf(subjectsOf([{ type: "contact.put", at, contact }], state))).toEqual(
    [...state.numbers.keys()].map((id) => `${id}/5511988880003`),
  );
});

test("a change of mode concerns everybody, a new key nobody", () => {
  const { state } = worldWithTwoCalls();
  expect(keysOf(subjectsOf([{ type: "world.modeSet", at, mode: "scripted" }], state))).toEqual(
    keysOf(subjectsIn(state)),
  );
  const key = { id: "k", secret: "ps_k", name: "k", scope: "tenant" } as const;
  expect(keysOf(subjectsOf([{ type: "key.issued", at, key }], state))).toEqual([]);
});
