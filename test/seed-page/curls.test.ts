import { describe, expect, test } from "vitest";
import { answer, keys, offer, type TestSandbox, testSandbox } from "../support/sandbox.ts";

// Every curl line of the page that the product is built from, in its order. What is substituted: the base address,
// the key, the ids, and whole SDPs where the page shortens them.

const to = "+5511999999999";
const json = { "content-type": "application/json" };
const meta = { "x-api-key": keys.meta };
const evo = { "x-api-key": keys.evo };
const wacid = expect.stringMatching(/^wacid\.[A-Za-z0-9+/]+=*$/);
const callId = expect.stringMatching(/^call_[0-9A-HJKMNP-TV-Z]{26}$/);

type Headers = Record<string, string>;

interface Curl {
  readonly title: string;
  readonly method?: string;
  /** `{call}` stands for the id that the page shows in that place. */
  readonly path: string;
  readonly headers: Headers;
  readonly data?: unknown;
  /** Brings about the call that the line is about, and answers its id. */
  readonly call?: (sandbox: TestSandbox) => Promise<string>;
  readonly status: number;
  readonly answers: unknown;
}

const metaRings = async ({ control }: TestSandbox) =>
  (await control.createInboundCall({ to: "551140000001", from: to })).externalCallId;
const evoRings = async ({ control }: TestSandbox) =>
  (await control.createInboundCall({ to: "551140000002", from: to })).id;
const evoTalks = async (sandbox: TestSandbox) => {
  const id = await evoRings(sandbox);
  await sandbox.api("evo", "POST", `/calls/${id}/accept`);
  return id;
};
const metaTalks = async (sandbox: TestSandbox) => {
  const id = await metaRings(sandbox);
  await sandbox.api("meta", "POST", `/calls/${encodeURIComponent(id)}/accept`, { sdp: answer });
  return id;
};

const curls: readonly Curl[] = [
  {
    title: "1, reads the calling settings",
    path: "/calls/settings",
    headers: meta,
    status: 200,
    answers: {
      calling: {
        status: "ENABLED",
        call_icon_visibility: "DEFAULT",
        callback_permission_status: "ENABLED",
        call_hours: { status: "DISABLED" },
      },
    },
  },
  {
    title: "1, changes the calling settings",
    method: "PUT",
    path: "/calls/settings",
    headers: { ...json, ...meta },
    data: { status: "ENABLED", call_icon_visibility: "DEFAULT" },
    status: 200,
    answers: { success: true },
  },
  {
    title: "2, probes the permission",
    path: "/calls/permissions?to=%2B5511999999999",
    headers: meta,
    status: 200,
    answers: expect.objectContaining({
      permission: { status: "temporary", expiration_time: Date.parse("2026-01-08T00:00:00Z") / 1_000 },
      actions: expect.arrayContaining([
        {
          action_name: "start_call",
          can_perform_action: true,
          limits: [{ time_period: "PT24H", max_allowed: 100, current_usage: 0 }],
        },
      ]),
    }),
  },
  {
    title: "2, requests the permission",
    method: "POST",
    path: "/calls/permissions/request",
    headers: { ...json, ...meta },
    data: { to, text: "May we call you about your order?" },
    status: 200,
    answers: { messageId: expect.stringMatching(/^wamid\./) },
  },
  {
    title: "3, starts a call on META",
    method: "POST",
    path: "/calls",
    headers: { ...json, ...meta },
    data: { to, sdp: offer, sdpType: "offer", bizOpaqueCallbackData: "order-42" },
    status: 201,
    answers: { id: callId, externalCallId: wacid, status: "INITIATED" },
  },
  {
    title: "3, starts a call on EVO_GO",
    method: "POST",
    path: "/calls",
    headers: { ...json, ...evo },
    data: { to, bizOpaqueCallbackData: "order-42" },
    status: 201,
    answers: { id: callId, externalCallId: expect.any(String), status: "INITIATED" },
  },
  {
    title: "4, fetches the call with its offer",
    path: "/calls/{call}?includeSdp=1",
    headers: meta,
    call: metaRings,
    status: 200,
    answers: expect.objectContaining({
      id: callId,
      externalCallId: wacid,
      direction: "INBOUND",
      status: "RINGING",
      sdpOffer: expect.stringMatching(/^v=0\r\n/),
      sdpAnswer: null,
    }),
  },
  {
    title: "4, answers on META",
    method: "POST",
    path: "/calls/{call}/accept",
    headers: { ...json, ...meta },
    data: { sdp: answer },
    call: metaRings,
    status: 200,
    answers: { success: true, id: callId, status: "ACCEPTED" },
  },
  {
    title: "4, answers on EVO_GO",
    method: "POST",
    path: "/calls/{call}/accept",
    headers: evo,
    call: evoRings,
    status: 200,
    answers: { success: true, id: callId, status: "ACCEPTED" },
  },
  ...[
    { key: "META", headers: meta, rings: metaRings, talks: metaTalks },
    { key: "EVO_GO", headers: evo, rings: evoRings, talks: evoTalks },
  ].flatMap(({ key, headers, rings, talks }): Curl[] => [
    {
      title: `4, declines on ${key}`,
      method: "POST",
      path: "/calls/{call}/reject",
      headers,
      call: rings,
      status: 200,
      answers: { success: true, id: callId, status: "REJECTED" },
    },
    {
      title: `4, hangs up on ${key}`,
      method: "POST",
      path: "/calls/{call}/terminate",
      headers,
      call: talks,
      status: 200,
      answers: { success: true, id: callId, status: "COMPLETED" },
    },
  ]),
  {
    title: "5, plays a file",
    method: "POST",
    path: "/calls/{call}/play",
    headers: { ...json, ...evo },
    data: { audioUrl: "https://example.com/greeting.ogg" },
    call: evoTalks,
    status: 200,
    answers: { success: true, id: callId, status: "ACCEPTED" },
  },
  {
    title: "6, opens a realtime session",
    method: "POST",
    path: "/calls/{call}/realtime-session",
    headers: evo,
    call: evoTalks,
    status: 200,
    answers: expect.objectContaining({
      wsUrl: expect.stringMatching(/^wss?:\/\/[^/]+\/call\/media\/realtime\/ws\b.*\?token=\w+$/),
      expiresInSeconds: 120,
    }),
  },
];

async function run(strict: boolean, { method = "GET", path, headers, data, call, status, answers }: Curl) {
  const sandbox = testSandbox({ strict, mode: "manual" });
  const id = call === undefined ? "" : await call(sandbox);
  // An id goes into the path as it is, which is what the page shows.
  const answered = await sandbox.request(method, `/v1${path.replace("{call}", id)}`, {
    headers,
    ...(data === undefined ? {} : { body: data }),
  });
  expect(answered.status).toBe(status);
  expect(answered.body).toEqual(answers);
}

describe("every curl of the seed page", () => {
  test.each(curls)("$title", (curl) => run(false, curl));
  test.each(curls)("STRICT-001: $title, in a strict world", (curl) => run(true, curl));
});
