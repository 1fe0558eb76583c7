import { describe, expect, test } from "vitest";
import { answer, callable, offer, testSandbox } from "../support/sandbox.ts";
import { type MetaErrorRow, shortErrors, sixDigitErrors } from "./meta-error-rows.ts";
import { call, calls, change, probe, ring } from "./support.ts";

const fbtrace = expect.stringMatching(/^A[A-Za-z0-9_-]{22}$/);

/** Everything that Meta says of a code, in whichever of its two styles it has. */
function metaBody({ code, title, details, subcode }: MetaErrorRow) {
  const common = { type: "OAuthException", code, fbtrace_id: fbtrace };
  const error_data = { messaging_product: "whatsapp", details };
  if (code !== 138013) {
    return {
      ...common,
      message: `(#${code}) ${title}`,
      ...(subcode === undefined ? {} : { error_subcode: subcode }),
      error_data,
    };
  }
  return {
    ...common,
    message: title,
    error_subcode: 2593139,
    is_transient: false,
    error_user_title: "Business-initiated calling not available",
    error_user_msg: "Business-initiated calls not available for for this account.",
    error_data,
  };
}

const magic = (code: number) => `+5511900${code}`;

describe("a forwarded refusal", () => {
  test.each(sixDigitErrors)(
    "$entry, META-START-009, META-ERR-006: dialling 00$code is answered $status $name",
    async (row) => {
      const sandbox = testSandbox();
      const refused = await call(sandbox, magic(row.code));
      expect(refused.status).toBe(row.status);
      expect(refused.body).toEqual({
        error: expect.stringContaining(magic(row.code)),
        code: row.name,
        details: { meta: metaBody(row) },
      });
      expect(refused.behaviour).toBe("META-START-009");
      expect(await calls(sandbox)).toEqual([]);
    },
  );

  test.each(sixDigitErrors)("META-ERR-005: forwarded with Meta's own status, $code is $metaStatus", async (row) => {
    const sandbox = testSandbox({ metaErrorStatus: "forward" });
    const refused = await call(sandbox, magic(row.code));
    expect(refused.status).toBe(row.metaStatus);
    expect(refused.body).toMatchObject({ code: row.name, details: { meta: metaBody(row) } });
  });

  test("META-ERR-013, META-ERR-006: another SDP than the pre-accept's is answered 400 META_INVALID_PARAMETER", async () => {
    const sandbox = testSandbox();
    const { id } = await ring(sandbox);
    expect((await sandbox.api("meta", "POST", `/calls/${id}/pre-accept`, { sdp: answer })).status).toBe(200);
    const other = answer.replace("s=-", "s=other");
    const refused = await sandbox.api("meta", "POST", `/calls/${id}/accept`, { sdp: other });
    const [row] = shortErrors;
    expect(refused.status).toBe(400);
    expect(refused.body).toEqual({
      error: expect.stringContaining("differs"),
      code: "META_INVALID_PARAMETER",
      details: { meta: row && metaBody(row) },
    });
  });

  test.each(["gateway", "forward"] as const)(
    "META-ERR-014, META-ERR-003: a probe too many is answered 429, status of the %s",
    async (metaErrorStatus) => {
      const sandbox = testSandbox({ metaErrorStatus });
      await change(sandbox, { limits: { probesPerSecond: 0 } });
      const refused = await probe(sandbox);
      const [, row] = shortErrors;
      expect(refused.status).toBe(429);
      expect(refused.body).toEqual({
        error: expect.stringContaining("within a second"),
        code: "META_CALL_PERMISSION_PROBE_LIMIT",
        details: { meta: row && metaBody(row) },
      });
      expect(refused.behaviour).toBe("META-PERM-043");
    },
  );

  test("META-ERR-005: with Meta's own status a rule's refusal is 401 too, and the gateway's own refusals keep theirs", async () => {
    const sandbox = testSandbox({ metaErrorStatus: "forward" });
    expect((await call(sandbox, "+5511988880001")).status).toBe(401);
    const disabled = await sandbox.api("metaLowTier", "POST", "/calls", { to: callable, sdp: offer });
    expect(disabled).toMatchObject({ status: 401, body: { code: "META_CALLING_NOT_ENABLED" } });
    const invalid = await sandbox.api("meta", "POST", "/calls", { to: callable });
    expect(invalid).toMatchObject({ status: 400, body: { code: "VALIDATION_ERROR" } });
  });

  test("META-ERR-007: two refusals have different trace ids, and the same run has the same", async () => {
    const traces = async () => {
      const sandbox = testSandbox();
      const first = await call(sandbox, magic(138006));
      const second = await call(sandbox, magic(138006));
      return [first, second].map(({ body }) => body.details.meta.fbtrace_id);
    };
    const [first, second] = await traces();
    expect(first).not.toBe(second);
    expect(await traces()).toEqual([first, second]);
  });
});

/** What holds for every code at once. */
describe("all forwarded refusals", () => {
  const refusals = async () => {
    const sandbox = testSandbox();
    const answers = await Promise.all(sixDigitErrors.map(({ code }) => call(sandbox, magic(code))));
    return answers.map(({ status, body }) => ({ status, code: body.code, meta: body.details.meta }));
  };

  test("META-ERR-001, META-ERR-043: the gateway's code starts with META_ and follows one style", async () => {
    for (const { code } of await refusals()) expect(code).toMatch(/^META_[A-Z0-9]+(_[A-Z0-9]+)+$/);
  });

  test("META-ERR-002, META-ERR-003, META-ERR-004: the status is 400, 429 for Meta's 429 and 502 for Meta's 500", async () => {
    const other = new Map(
      (await refusals()).filter(({ status }) => status !== 400).map((r) => [r.meta.code, r.status]),
    );
    expect(other).toEqual(
      new Map([
        [138002, 429],
        [138004, 502],
        [138005, 429],
        [138007, 502],
      ]),
    );
  });

  test("META-ERR-007, META-ERR-008, META-ERR-009: details.meta always has its seven parts", async () => {
    for (const { meta } of await refusals()) {
      expect(meta).toMatchObject({
        message: expect.stringMatching(/\w/),
        type: "OAuthException",
        code: expect.any(Number),
        fbtrace_id: fbtrace,
        error_data: { messaging_product: "whatsapp", details: expect.stringMatching(/\.$/) },
      });
    }
  });

  test("META-ERR-010, META-ERR-011: only 138013 has Meta's other style", async () => {
    const all = await refusals();
    const plain = all.filter(({ meta }) => !meta.message.startsWith(`(#${meta.code}) `));
    expect(plain.map(({ meta }) => meta.code)).toEqual([138013]);
    const withUserTexts = all.filter(({ meta }) => "error_user_title" in meta || "error_user_msg" in meta);
    expect(withUserTexts.map(({ meta }) => meta.code)).toEqual([138013]);
  });

  test("META-ERR-012: exactly three codes have a subcode", async () => {
    const subcodes = (await refusals()).map(({ meta }) => [meta.code, meta.error_subcode]);
    expect(subcodes.filter(([, subcode]) => subcode !== undefined)).toEqual([
      [138006, 2593090],
      [138008, 2593093],
      [138013, 2593139],
    ]);
  });
});
