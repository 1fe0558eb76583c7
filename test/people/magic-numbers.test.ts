import { expect, test } from "vitest";
import { isMetaErrorCode, isMetaRefusalCode, metaErrors } from "../../mock/domain/refusals/meta-errors.ts";
import { offer, testSandbox } from "../support/sandbox.ts";
import { callNow, course, dial, scriptOf } from "./calls.ts";

test.each([
  ["PEOPLE-014", "+5511900000001", "hang-up", "COMPLETED"],
  ["PEOPLE-015", "+5511900000002", "reject", "REJECTED"],
  ["PEOPLE-016", "+5511900000003", "no-answer", "COMPLETED"],
  ["PEOPLE-017", "+5511900000004", "unreachable", "FAILED"],
  ["PEOPLE-018", "+5511900000005", "echo", "ACCEPTED"],
  ["PEOPLE-019", "+5511900000006", "silent", "ACCEPTED"],
  ["PEOPLE-020", "+5511900000007", "talkative", "ACCEPTED"],
])("%s: a call to %s follows the script %s and is then %s", async (_id, to, script, status) => {
  for (const key of ["meta", "evo"] as const) {
    const sandbox = testSandbox();
    const id = await dial(sandbox, key, to);
    await sandbox.advance("PT5M");
    expect(await scriptOf(sandbox, id)).toBe(script);
    expect((await callNow(sandbox, key, id)).status).toBe(status);
  }
});

test.each([
  ["+5511900000005", "1 speak echo"],
  ["+5511900000006", "1 speak silence"],
  ["+5511900000007", "1 speak monologue"],
])("whoever answers at %s begins with %s", async (to, begins) => {
  const sandbox = testSandbox();
  await dial(sandbox, "evo", to);
  await sandbox.advance("PT1M");
  expect((await course(sandbox)).at(-1)).toBe(begins);
});

const sixDigits = Object.keys(metaErrors)
  .map(Number)
  .filter((code) => code >= 100_000)
  .filter(isMetaErrorCode);
const refusals = sixDigits.filter(isMetaRefusalCode);
const endings = sixDigits.filter((code) => !isMetaRefusalCode(code));

test("five of Meta's six-digit codes end calls; the others answer requests", () => {
  expect(endings).toEqual([138019, 138020, 138021, 138022, 138023]);
  expect(refusals).toContain(131044);
  expect(refusals).toContain(138006);
});

test.each(refusals)("PEOPLE-021: a META call to +5511900%i is refused with that code", async (code) => {
  const sandbox = testSandbox();
  const { status, body } = await sandbox.api("meta", "POST", "/calls", {
    to: `+5511900${code}`,
    sdp: offer,
    sdpType: "offer",
  });
  expect(status).toBe(metaErrors[code].gatewayStatus);
  expect(body.code).toBe("name" in metaErrors[code] ? metaErrors[code].name : "");
  expect(body.details.meta.code).toBe(code);
});

test("PEOPLE-021: the code in the number comes before every other rule of Meta's", async () => {
  const sandbox = testSandbox();
  const refused = (key: "meta" | "metaLowTier", body: object) =>
    sandbox.api(key, "POST", "/calls", { to: "+4930900138003", sdpType: "offer", ...body });
  // Calling is disabled there, the person was never asked, and neither SDP is one: 138000, 138006 and 138008 have to wait.
  for (const sdp of [offer, "no SDP at all"]) {
    expect((await refused("metaLowTier", { sdp })).body.code).toBe("META_CALL_ALREADY_IN_PROGRESS");
    expect((await refused("meta", { sdp })).body.code).toBe("META_CALL_ALREADY_IN_PROGRESS");
  }
});

test.each(endings)(
  "PEOPLE-022: a META call to +5511900%i is placed and then ends FAILED with that code",
  async (code) => {
    const sandbox = testSandbox();
    const id = await dial(sandbox, "meta", `+5511900${code}`);
    await sandbox.advance("PT1M");
    expect(await callNow(sandbox, "meta", id)).toMatchObject({
      status: "FAILED",
      errorCode: String(code),
      errorMessage: metaErrors[code].details,
    });
  },
);

test("PEOPLE-022: such a call is placed whatever the person has allowed, and on a number that may not call", async () => {
  const sandbox = testSandbox();
  const to = "+5511900138021";
  for (const key of ["meta", "metaLowTier"] as const) {
    const { status, body } = await sandbox.api(key, "POST", "/calls", { to, sdp: offer });
    expect(status).toBe(201);
    await sandbox.advance("PT1M");
    expect(await callNow(sandbox, key, body.id)).toMatchObject({ status: "FAILED", errorCode: "138021" });
  }
  // The SDP must be one, and a call that is running still stands in the way.
  expect((await sandbox.api("meta", "POST", "/calls", { to, sdp: "x" })).body.code).toBe("META_SDP_INVALID");
  await sandbox.api("meta", "POST", "/calls", { to, sdp: offer });
  const second = await sandbox.api("meta", "POST", "/calls", { to, sdp: offer });
  expect(second.body.code).toBe("META_CALL_ALREADY_IN_PROGRESS");
});

test.each([
  "+5511900999999",
  "+5511900138010",
  "+5511900138016",
  "+5511900000613",
  "+5511901138006",
  "+55119001380060",
])("PEOPLE-023: %s names no known code behind 00, and is an ordinary number", async (to) => {
  const sandbox = testSandbox();
  const id = await dial(sandbox, "meta", to);
  await sandbox.advance("PT2S");
  expect(await callNow(sandbox, "meta", id)).toMatchObject({ status: "ACCEPTED", errorCode: null });
});
