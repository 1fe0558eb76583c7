import { answer, keys, offer, testSandbox } from "../support/sandbox.ts";

/** A request that must be refused, and how. */
export interface RefusedRequest {
  /** Status and code. */
  readonly expected: string;
  readonly title: string;
  readonly key: keyof typeof keys | null;
  /** Method and path; `{metaRinging}` and its like stand for the ids of a busy world. */
  readonly request: string;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

/** A world with calls in several states, and the ids by which the table below names them. */
export async function busyWorld() {
  const sandbox = testSandbox({ mode: "manual" });
  const ring = async (to: string, from: string) => (await sandbox.control.createInboundCall({ to, from })).id;
  const ids = {
    metaRinging: await ring("551140000001", "+5511988880001"),
    metaAccepted: await ring("551140000001", "+5511988880002"),
    metaEnded: await ring("551140000001", "+5511988880003"),
    metaPreAccepted: await ring("551140000001", "+5511988880004"),
    evoRinging: await ring("551140000002", "+5511988880001"),
    evoEnded: await ring("551140000002", "+5511988880002"),
    metaOutbound: (await sandbox.api("meta", "POST", "/calls", { to: "+5511999999999", sdp: offer })).body.id,
    evoOutbound: (await sandbox.api("evo", "POST", "/calls", { to: "+5511999999999" })).body.id,
  };
  await sandbox.api("meta", "POST", `/calls/${ids.metaAccepted}/accept`, { sdp: answer });
  await sandbox.api("meta", "POST", `/calls/${ids.metaEnded}/reject`);
  await sandbox.api("meta", "POST", `/calls/${ids.metaPreAccepted}/pre-accept`, { sdp: answer });
  await sandbox.api("evo", "POST", `/calls/${ids.evoEnded}/terminate`);
  const send = ({ request, key, headers, body }: RefusedRequest) => {
    const [method = "", path = ""] = request.split(" ");
    const withKey = key === null ? headers : { "x-api-key": keys[key], ...headers };
    return sandbox.request(method, named(path, ids), { headers: withKey, body });
  };
  return { sandbox, ids, send };
}

function named(path: string, ids: Readonly<Record<string, string>>): string {
  return path.replace(/\{(\w+)\}/, (_whole, name: string) => ids[name] ?? name);
}

const person = "+5511988889999";
const passive = answer.replace("a=setup:active", "a=setup:passive");
const huge = "x".repeat(1024 * 1024 + 1);

const refused = (
  expected: string,
  title: string,
  key: keyof typeof keys | null,
  request: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): RefusedRequest => ({ expected, title, key, request, body, headers });

const gateway: readonly RefusedRequest[] = [
  refused("404 ROUTE_NOT_FOUND", "no route", "evo", "POST /v1/call", { to: person }),
  refused("405 METHOD_NOT_ALLOWED", "no such method", "evo", "DELETE /v1/calls/{evoRinging}"),
  refused("401 UNAUTHORIZED", "no key", null, "POST /v1/calls", { to: person }),
  refused("401 UNAUTHORIZED", "an unknown key", null, "POST /v1/calls", { to: person }, { "x-api-key": "ps_x" }),
  refused(
    "401 UNAUTHORIZED",
    "contradictory keys",
    "evo",
    "POST /v1/calls",
    { to: person },
    { "x-api-key-id": "sandbox_meta" },
  ),
  refused("403 TENANT_SCOPE_NOT_ALLOWED", "the tenant's key", "tenant", "POST /v1/calls", { to: person }),
  refused("400 NUMBER_NOT_FOUND", "a key without a number", "unbound", "POST /v1/calls", { to: person }),
  refused("400 FEATURE_NOT_SUPPORTED", "a third provider", "other", "POST /v1/calls", { to: person }),
  refused("400 FEATURE_NOT_SUPPORTED", "settings on EVO_GO", "evo", "PUT /v1/calls/settings", { status: "DISABLED" }),
  refused("400 FEATURE_NOT_SUPPORTED", "play on META", "meta", "POST /v1/calls/{metaAccepted}/play", {
    audioUrl: "https://example.com/a.ogg",
  }),
  refused("409 WHATSAPP_INSTANCE_NOT_CONNECTED", "not connected", "evoOffline", "POST /v1/calls", { to: person }),
  refused(
    "415 UNSUPPORTED_MEDIA_TYPE",
    "another content type",
    "evo",
    "POST /v1/calls",
    { to: person },
    { "content-type": "text/plain" },
  ),
  refused("413 PAYLOAD_TOO_LARGE", "a huge body", "evo", "POST /v1/calls", huge),
  refused("413 PAYLOAD_TOO_LARGE", "a huge body on terminate", "evo", "POST /v1/calls/{evoRinging}/terminate", huge),
  refused("400 VALIDATION_ERROR", "malformed JSON", "evo", "POST /v1/calls", '{"to":'),
  refused("400 VALIDATION_ERROR", "no number to call", "evo", "POST /v1/calls", {}),
  refused("400 VALIDATION_ERROR", "a number that is none", "evo", "POST /v1/calls", { to: "nobody" }),
  refused("400 VALIDATION_ERROR", "callback data that is too long", "evo", "POST /v1/calls", {
    to: person,
    bizOpaqueCallbackData: "x".repeat(513),
  }),
  refused("400 VALIDATION_ERROR", "an unknown mode", "evo", "POST /v1/calls/{evoRinging}/realtime-session", {
    mode: "shout",
  }),
  refused("400 VALIDATION_ERROR", "nothing to play", "evo", "POST /v1/calls/{evoRinging}/play", {}),
  refused("400 VALIDATION_ERROR", "one good and one bad setting", "meta", "PUT /v1/calls/settings", {
    call_icon_visibility: "DISABLE_ALL",
    status: "ON",
  }),
  refused("400 MISSING_TO", "a probe of nobody", "meta", "GET /v1/calls/permissions"),
  refused("400 INVALID_LIMIT", "an absurd limit", "evo", "GET /v1/calls?limit=0"),
  refused("400 INVALID_BEFORE", "an absurd before", "evo", "GET /v1/calls?before=yesterday"),
  refused("404 CALL_NOT_FOUND", "an unknown call", "evo", "POST /v1/calls/call_1/terminate"),
  refused("404 CALL_NOT_FOUND", "another number's call", "evo", "POST /v1/calls/{metaRinging}/reject"),
  refused("404 NUMBER_NOT_FOUND", "an unknown number", "evo", "GET /v1/numbers/num_1/status"),
];

const states: readonly RefusedRequest[] = [
  refused("400 INVALID_CALL_STATE", "accept twice", "meta", "POST /v1/calls/{metaAccepted}/accept", { sdp: answer }),
  refused("400 INVALID_CALL_STATE", "pre-accept after accept", "meta", "POST /v1/calls/{metaAccepted}/pre-accept", {
    sdp: answer,
  }),
  refused("400 INVALID_CALL_STATE", "reject after accept", "meta", "POST /v1/calls/{metaAccepted}/reject"),
  refused("400 INVALID_CALL_STATE", "accept an outbound call", "evo", "POST /v1/calls/{evoOutbound}/accept"),
  refused("400 INVALID_CALL_STATE", "reject an outbound call", "evo", "POST /v1/calls/{evoOutbound}/reject"),
  refused("400 INVALID_CALL_STATE", "accept an ended call", "evo", "POST /v1/calls/{evoEnded}/accept"),
  refused("400 INVALID_CALL_STATE", "terminate an ended call", "meta", "POST /v1/calls/{metaEnded}/terminate"),
  refused("400 INVALID_CALL_STATE", "play into an ended call", "evo", "POST /v1/calls/{evoEnded}/play", {
    audioUrl: "https://example.com/a.ogg",
  }),
  refused("400 INVALID_CALL_STATE", "a socket for an ended call", "evo", "POST /v1/calls/{evoEnded}/realtime-session"),
];

const meta: readonly RefusedRequest[] = [
  refused("400 VALIDATION_ERROR", "a call without an offer", "meta", "POST /v1/calls", { to: person }),
  refused("400 META_CALL_PERMISSION_REQUIRED", "a call without permission", "meta", "POST /v1/calls", {
    to: person,
    sdp: offer,
  }),
  refused("400 META_CALL_ALREADY_IN_PROGRESS", "a second call to one person", "meta", "POST /v1/calls", {
    to: "+5511999999999",
    sdp: offer,
  }),
  refused("400 META_SDP_INVALID", "a bad offer", "meta", "POST /v1/calls", { to: person, sdp: "v=1" }),
  refused("429 META_CALL_RATE_LIMIT", "a magic number", "meta", "POST /v1/calls", {
    to: "+551190000138005",
    sdp: offer,
  }),
  refused("502 META_CALL_CONNECT_FAILED", "a magic number of Meta's own failure", "meta", "POST /v1/calls", {
    to: "+551190000138004",
    sdp: offer,
  }),
  refused("400 META_SDP_INVALID", "a bad answer", "meta", "POST /v1/calls/{metaRinging}/accept", { sdp: passive }),
  refused(
    "400 META_INVALID_PARAMETER",
    "another answer than the early one",
    "meta",
    "POST /v1/calls/{metaPreAccepted}/accept",
    { sdp: answer.replace("Vq3x", "Vq3y") },
  ),
  refused("400 META_CALLING_NOT_ENABLED", "a number that may not call", "metaLowTier", "POST /v1/calls", {
    to: person,
    sdp: offer,
  }),
  refused(
    "400 META_MESSAGING_LIMIT_TOO_LOW",
    "a tier that is too low to enable",
    "metaLowTier",
    "PUT /v1/calls/settings",
    { status: "ENABLED" },
  ),
];

/** Requests that are refused in a busy world, one for every refusal that the Calls API has without a fault. */
export const refusedRequests: readonly RefusedRequest[] = [...gateway, ...states, ...meta];
