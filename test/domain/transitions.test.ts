import { expect, test } from "vitest";
import type { CallStatus, Direction } from "../../mock/domain/call.ts";
import { actions, allowedActions, transitions } from "../../mock/domain/transitions.ts";
import { ringingCall } from "./calls.ts";

const statuses: readonly CallStatus[] = [
  "INITIATED",
  "RINGING",
  "ACCEPTED",
  "REJECTED",
  "COMPLETED",
  "FAILED",
  "MISSED",
];
const ends: readonly CallStatus[] = ["REJECTED", "COMPLETED", "FAILED", "MISSED"];
const directions: readonly Direction[] = ["INBOUND", "OUTBOUND"];

test("the table knows the seven statuses in both directions", () => {
  for (const direction of directions) expect(Object.keys(transitions[direction])).toEqual(statuses);
});

test("nothing leads out of an end", () => {
  for (const direction of directions) for (const end of ends) expect(transitions[direction][end]).toEqual([]);
});

test.each([
  { direction: "OUTBOUND", from: "INITIATED", reaches: statuses.filter((status) => status !== "MISSED") },
  { direction: "INBOUND", from: "RINGING", reaches: statuses.filter((status) => status !== "INITIATED") },
] as const)("from $from an $direction call reaches $reaches", ({ direction, from, reaches }) => {
  const reached = new Set<CallStatus>([from]);
  for (const status of reached) for (const next of transitions[direction][status]) reached.add(next);
  expect([...reached].toSorted()).toEqual([...reaches].toSorted());
});

test("no phone is picked up or declined before it rings", () => {
  expect(transitions.OUTBOUND.INITIATED).toEqual(["RINGING", "COMPLETED", "FAILED"]);
});

test("an ended call allows no action on either provider", () => {
  for (const provider of ["META", "EVO_GO"] as const) {
    for (const direction of directions) {
      for (const status of ends) expect(allowedActions({ provider, direction, status })).toEqual([]);
    }
  }
});

test("accept and reject are for inbound calls that ring", () => {
  for (const provider of ["META", "EVO_GO"] as const) {
    for (const action of ["accept", "reject"] as const) {
      const where = directions.flatMap((direction) =>
        statuses
          .filter((status) => actions[provider][direction][status]?.includes(action))
          .map((s) => `${direction} ${s}`),
      );
      expect(where).toEqual(["INBOUND RINGING"]);
    }
  }
});

test("pre-accept is META's, play and realtime-session are EVO_GO's", () => {
  expect(allowedActions(ringingCall)).toEqual(["terminate"]);
  expect(allowedActions({ ...ringingCall, direction: "INBOUND" })).toContain("pre-accept");
  expect(allowedActions({ ...ringingCall, provider: "EVO_GO", direction: "INBOUND" })).toEqual([
    "accept",
    "reject",
    "terminate",
    "play",
    "realtime-session",
  ]);
});
