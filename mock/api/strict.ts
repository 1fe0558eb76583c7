import type { BehaviourId } from "../../spec/generated/behaviour-ids.ts";
import type { OperationSpec } from "../../spec/generated/operations.ts";
import type { CallingNumber } from "../domain/number.ts";
import { type Refusal, refuse } from "../domain/refusals/refusal.ts";

interface StrictRule {
  readonly behaviour: BehaviourId;
  readonly path: string;
  readonly message: string;
  readonly broken: (request: {
    operation: OperationSpec;
    json: Readonly<Record<string, unknown>>;
    text: string | null;
    query: URLSearchParams;
    number: CallingNumber | null;
  }) => boolean;
}

/** What only a strict world refuses, beyond unknown fields and parameters and the SDP's warnings. */
const rules: readonly StrictRule[] = [
  {
    // An sdp itself is refused where the call is decided, with or without its type.
    behaviour: "STRICT-004",
    path: "sdpType",
    message: "sdpType must be left out on EVO_GO, where media is handled on the server, but it was sent.",
    broken: ({ json, number }) => number?.provider === "EVO_GO" && "sdpType" in json && !("sdp" in json),
  },
  {
    behaviour: "STRICT-005",
    path: "mediaUrl",
    message: "play takes mediaUrl or audioUrl, and both were sent.",
    broken: ({ operation, json }) => operation.id === "playAudio" && "mediaUrl" in json && "audioUrl" in json,
  },
  {
    behaviour: "STRICT-006",
    path: "mode",
    message: "mode must be talk or listen when a body is sent, and is missing.",
    broken: ({ operation, json, text }) =>
      operation.id === "createRealtimeSession" && text !== null && !("mode" in json),
  },
  {
    behaviour: "STRICT-012",
    path: "includeSdp",
    message: "includeSdp takes 1 and nothing else.",
    broken: ({ query }) => query.getAll("includeSdp").some((value) => value !== "1"),
  },
  {
    behaviour: "STRICT-013",
    path: "",
    message: "This operation takes no body, and one was sent.",
    broken: ({ operation, text }) =>
      operation.body === null && text !== null && !/^\s*(\{\s*\}|\[\s*\])?\s*$/.test(text),
  },
  {
    behaviour: "STRICT-014",
    path: "to",
    message: "A phone number is an optional + and digits, nothing else.",
    broken: ({ json, query }) =>
      [json["to"], query.get("to")].some((to) => typeof to === "string" && !/^[+ ]?\d*$/.test(to)),
  },
];

/** The first strict rule that a request breaks, as a refusal; null when it breaks none. */
export function refuseStrictly(
  operation: OperationSpec,
  body: { json: unknown; text: string | null },
  target: string,
  number: CallingNumber | null,
): Refusal | null {
  const query = new URLSearchParams(target.split("?")[1] ?? "");
  const request = { operation, json: fieldsOf(body.json), text: body.text, query, number };
  const rule = rules.find(({ broken }) => broken(request));
  if (rule === undefined) return null;
  return refuse("VALIDATION_ERROR", {
    message: `${rule.message} The sandbox lets this pass without --strict.`,
    behaviour: rule.behaviour,
    details: { issues: [{ path: rule.path, message: rule.message }] },
  });
}

function fieldsOf(json: unknown): Readonly<Record<string, unknown>> {
  return typeof json === "object" && json !== null ? { ...json } : {};
}
