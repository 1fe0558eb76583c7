import fc from "fast-check";
import { expect, test } from "vitest";
import type { Call } from "../../mock/domain/call.ts";
import { CallStore, endedSdpsKept } from "../../mock/domain/call-store.ts";
import { ringingCall } from "./calls.ts";

const callAt = (index: number, numberId: string, createdAt: number) => ({
  ...ringingCall,
  id: `call_${index}`,
  externalCallId: `wacid.${index}`,
  numberId,
  createdAt,
});

test("a call is found by either of its ids", () => {
  const store = new CallStore();
  store.add(callAt(1, "num_1", 0));
  expect(store.find("num_1", "call_1")?.id).toBe("call_1");
  expect(store.find("num_1", "wacid.1")?.id).toBe("call_1");
});

test("an unknown call and a call of another number are not found", () => {
  const store = new CallStore();
  store.add(callAt(1, "num_1", 0));
  for (const id of ["call_2", "", "__proto__", "constructor", "latest"])
    expect(store.find("num_1", id)).toBeUndefined();
  expect(store.find("num_2", "call_1")).toBeUndefined();
  expect(store.find("num_2", "wacid.1")).toBeUndefined();
});

test("latest is the call that was created last, of whichever number", () => {
  const store = new CallStore();
  expect(store.latest()).toBeUndefined();
  store.add(callAt(1, "num_1", 0));
  store.add(callAt(2, "num_2", 0));
  expect(store.latest()?.id).toBe("call_2");
  expect(store.latest("wacid.1")?.id).toBe("call_1");
  expect(store.newestOf("num_1")?.id).toBe("call_1");
});

test("replacing a call keeps its place in the list", () => {
  const store = new CallStore();
  for (const index of [1, 2, 3]) store.add(callAt(index, "num_1", index));
  store.replace({ ...callAt(2, "num_1", 2), status: "ACCEPTED", connectedAt: 5 });
  expect(store.page("num_1", 10, null).map(({ id, status }) => [id, status])).toEqual([
    ["call_3", "RINGING"],
    ["call_2", "ACCEPTED"],
    ["call_1", "RINGING"],
  ]);
  expect([store.size, store.page("num_1", 10, null).length, store.page("num_2", 10, null).length]).toEqual([3, 3, 0]);
});

test("a page is what filtering all calls would give", () => {
  const gaps = fc.array(fc.tuple(fc.integer({ min: 1, max: 5 }), fc.constantFrom("num_1", "num_2")), { maxLength: 60 });
  fc.assert(
    fc.property(gaps, fc.integer({ min: 1, max: 30 }), fc.option(fc.nat(300)), (all, limit, before) => {
      const store = new CallStore();
      const calls: Call[] = [];
      let at = 0;
      for (const [index, [gap, numberId]] of all.entries()) {
        at += gap;
        calls.push(callAt(index, numberId, at));
        store.add(callAt(index, numberId, at));
      }
      const wanted = calls
        .filter(({ numberId, createdAt }) => numberId === "num_1" && (before === null || createdAt < before))
        .toReversed()
        .slice(0, limit);
      expect(store.page("num_1", limit, before).map(({ id }) => id)).toEqual(wanted.map(({ id }) => id));
    }),
    { numRuns: 100 },
  );
});

test("the session descriptions of the last thousand ended calls stay, older ones go", () => {
  const store = new CallStore();
  const end = (index: number) => {
    const call = callAt(index, "num_1", index);
    store.add(call);
    store.setSdp(call.id, { offer: `offer ${index}`, answer: null });
    store.replace({ ...call, status: "COMPLETED", connectedAt: null, endedAt: index });
  };
  const open = callAt(-1, "num_1", -1);
  store.add(open);
  store.setSdp(open.id, { offer: "still up", answer: null });
  for (let index = 0; index < endedSdpsKept; index++) end(index);
  expect(endedSdpsKept).toBe(1_000);
  expect(store.sdp("call_0").offer).toBe("offer 0");
  end(endedSdpsKept);
  expect(store.sdp("call_0")).toEqual({ offer: null, answer: null });
  expect(store.sdp("call_1").offer).toBe("offer 1");
  expect(store.sdp(`call_${endedSdpsKept}`).offer).toBe(`offer ${endedSdpsKept}`);
  expect(store.sdp("call_-1").offer).toBe("still up");
});
