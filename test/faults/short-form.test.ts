import { expect, test } from "vitest";
import { FaultFormError, parseFault } from "../../mock/faults/short-form.ts";
import { describeRule } from "../../mock/faults/show-rule.ts";

test.each<[string, object]>([
  ["startCall:500", { target: { operation: "startCall" }, effect: { type: "status", status: 500 } }],
  ["startCall:latency=2s", { target: { operation: "startCall" }, effect: { type: "latency", ms: 2_000 } }],
  ["*:latency=100ms-3s", { target: { operation: "*" }, effect: { type: "latency", minMs: 100, maxMs: 3_000 } }],
  [
    "startCall:META_CALL_LIMIT:next=3",
    {
      target: { operation: "startCall" },
      trigger: { next: 3 },
      effect: { type: "refusal", code: "META_CALL_LIMIT" },
    },
  ],
  [
    "getCall:138012:always",
    { target: { operation: "getCall" }, trigger: { always: true }, effect: { type: "refusal", code: "138012" } },
  ],
  ["getCall:reset:every=3", { target: { operation: "getCall" }, trigger: { every: 3 }, effect: { type: "reset" } }],
  [
    "*:half-body:probability=10%",
    { target: { operation: "*" }, trigger: { probability: 0.1 }, effect: { type: "half-body" } },
  ],
  ["*:drip=100ms", { target: { operation: "*" }, effect: { type: "drip", everyMs: 100 } }],
  ["call.ended:duplicate", { target: { event: "call.ended" }, effect: { type: "duplicate" } }],
  ["*:lose:probability=0.5", { target: { event: "*" }, trigger: { probability: 0.5 }, effect: { type: "lose" } }],
  ["calls:delay=5s", { target: { event: "calls" }, effect: { type: "delay", ms: 5_000 } }],
  ["realtime:stall=2s", { target: { media: "realtime" }, effect: { type: "stall", ms: 2_000 } }],
  ["media:drop=5%", { target: { media: "*" }, effect: { type: "drop", share: 0.05 } }],
  ["*:early-close=1s", { target: { media: "*" }, effect: { type: "early-close", afterMs: 1_000 } }],
  [
    '{"target":{"to":"+5511988887777"},"effect":{"type":"reset"}}',
    { target: { to: "+5511988887777" }, effect: { type: "reset" } },
  ],
])("CTRL-067: --fault %s is the rule %j", (text, rule) => {
  expect(parseFault(text)).toEqual(rule);
});

test.each([
  ["", "target:effect"],
  ["startCall", "target:effect"],
  ["startCall:", "target:effect"],
  ["a:b:c:d", "target:effect"],
  ["startCalls:500", "startCalls"],
  ["startCall:501x", "The effect must be"],
  ["startCall:explode", "The effect must be"],
  ["startCall:latency=soon", "A wait must be"],
  ["startCall:latency=1s-later", "A wait must be"],
  ["startCall:reset=1", "takes no value"],
  ["media:drop=lots", "A share must be"],
  ["startCall:500:sometimes", "The trigger must be"],
  ["startCall:500:next=many", "The trigger must be"],
  ["startCall:500:probability=half", "A share must be"],
  ["{", "not well-formed JSON"],
])("CTRL-067: --fault %j is refused", (text, why) => {
  expect(() => parseFault(text)).toThrow(FaultFormError);
  expect(() => parseFault(text)).toThrow(why);
});

test.each([
  ["startCall:META_CALL_LIMIT:next=3", "startCall: refusal META_CALL_LIMIT, next 3"],
  ["*:latency=100ms-3s", "*: latency 100 3000, always"],
  ["media:stall=2s:every=2", "media: stall 2000, every 2"],
  ['{"target":{"operation":"getCall","to":"551"},"effect":{"type":"reset"}}', "getCall of 551: reset, always"],
])("CTRL-067: %s reads %j on the start screen", (text, line) => {
  expect(describeRule({ trigger: { always: true }, ...parseFault(text) })).toBe(line);
});
