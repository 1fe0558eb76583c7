import { expect, test } from "vitest";
import { billingOf } from "../../mock/domain/billing.ts";
import { ringingCall, talkedFor } from "./calls.ts";

test.each([
  { milliseconds: 0, seconds: 0, pulses: 0 },
  { milliseconds: 1, seconds: 0, pulses: 1 },
  { milliseconds: 5_999, seconds: 5, pulses: 1 },
  { milliseconds: 6_000, seconds: 6, pulses: 1 },
  { milliseconds: 6_001, seconds: 6, pulses: 2 },
  { milliseconds: 56_000, seconds: 56, pulses: 10 },
  { milliseconds: 60_000, seconds: 60, pulses: 10 },
])("META-BILL-001, META-BILL-002, META-BILL-003: $milliseconds ms are $seconds s and $pulses pulses", (row) => {
  expect(billingOf(talkedFor(row.milliseconds), 10 ** 9)).toMatchObject({
    callId: "call_1",
    billable: true,
    payer: "WABA",
    seconds: row.seconds,
    pulses: row.pulses,
    pulseSeconds: 6,
  });
});

const free = { billable: false, payer: null, seconds: 0, pulses: 0 };

test("META-BILL-004: an outbound call that nobody answered costs nothing", () => {
  const call = { ...ringingCall, status: "COMPLETED", endedAt: 60_000 } as const;
  expect(billingOf(call, 60_000)).toMatchObject({ ...free, reason: "Nobody answered." });
});

test("META-BILL-005: an inbound call is free however long it lasts", () => {
  expect(billingOf({ ...talkedFor(56_000), direction: "INBOUND" }, 10 ** 9)).toMatchObject(free);
});

test("META-BILL-006: an EVO_GO call has no charge per minute", () => {
  expect(billingOf({ ...talkedFor(56_000), provider: "EVO_GO" }, 10 ** 9)).toMatchObject(free);
});

test("META-BILL-008: a call that is still up shows what has accrued", () => {
  const call = { ...ringingCall, status: "ACCEPTED", connectedAt: 1_000 } as const;
  expect(billingOf(call, 1_000)).toMatchObject({ billable: true, seconds: 0, pulses: 0 });
  expect(billingOf(call, 8_500)).toMatchObject({ billable: true, seconds: 7, pulses: 2 });
});
