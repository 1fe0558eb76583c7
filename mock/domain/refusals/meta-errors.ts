import type { BehaviourId } from "../../../spec/generated/behaviour-ids.ts";
import type { ErrorCode } from "../../../spec/generated/error-codes.ts";

/** One row of Meta's calling error table (meta-calling §1.2 and Table A), as the gateway forwards it. */
interface MetaErrorRow {
  /** 400, or 429 for Meta's 429, or 502 for Meta's 500 (assumption). */
  readonly gatewayStatus: 400 | 429 | 502;
  /** The status that Meta itself answers, used with `metaErrorStatus: "forward"`. */
  readonly metaStatus: 400 | 401 | 429 | 500;
  readonly title: string;
  /** The sentence in `error_data.details`. */
  readonly details: string;
  readonly subcode?: number;
  /** Meta's second body style: a plain sentence with texts for the user (meta-calling §1.1). */
  readonly userTexts?: { readonly title: string; readonly message: string };
  readonly behaviour: BehaviourId;
}

/** An error that answers a request. */
interface AnswerError extends MetaErrorRow {
  readonly seenIn: "answer";
  /** The gateway's code. Only those of 138006 and 138009 are documented; the others follow their style. */
  readonly name: ErrorCode;
}

/** An error that never answers a request and only ends a call (meta-calling §1.2, "WH"). */
interface CallError extends MetaErrorRow {
  readonly seenIn: "call";
}

export type MetaError = AnswerError | CallError;

const badRequest = { gatewayStatus: 400, metaStatus: 400, seenIn: "answer" } as const;
const unauthorized = { gatewayStatus: 400, metaStatus: 401, seenIn: "answer" } as const;
const tooMany = { gatewayStatus: 429, metaStatus: 429, seenIn: "answer" } as const;
const broken = { gatewayStatus: 502, metaStatus: 500, seenIn: "answer" } as const;
const endsCall = { gatewayStatus: 400, metaStatus: 400, seenIn: "call" } as const;

export const metaErrors = {
  100: {
    ...badRequest,
    name: "META_INVALID_PARAMETER",
    title: "Invalid parameter",
    details: "A parameter of the request is invalid.",
    behaviour: "META-ERR-013",
  },
  613: {
    ...tooMany,
    name: "META_CALL_PERMISSION_PROBE_LIMIT",
    title: "Rate limit hit",
    details: "Call permissions of this phone number were read too often.",
    behaviour: "META-ERR-014",
  },
  131009: {
    ...badRequest,
    name: "META_PARAMETER_VALUE_NOT_VALID",
    title: "Parameter value is not valid",
    details: "Calling is not available in the country of the sender.",
    behaviour: "META-ERR-015",
  },
  131026: {
    ...badRequest,
    name: "META_MESSAGE_UNDELIVERABLE",
    title: "Message undeliverable",
    details: "The recipient's WhatsApp is too old to show a call permission request.",
    behaviour: "META-ERR-016",
  },
  131030: {
    ...badRequest,
    name: "META_RECIPIENT_NOT_ALLOWED",
    title: "Recipient phone number not in allowed list",
    details: "A test number reaches only the recipients on its allow list.",
    behaviour: "META-ERR-017",
  },
  131044: {
    ...badRequest,
    name: "META_PAYMENT_METHOD_REQUIRED",
    title: "Business eligibility payment issue",
    details: "The WhatsApp Business Account has no valid payment method.",
    behaviour: "META-ERR-018",
  },
  131047: {
    ...badRequest,
    name: "META_OUTSIDE_24H_WINDOW",
    title: "Re-engagement message",
    details: "More than 24 hours have passed since the recipient last wrote or called.",
    behaviour: "META-ERR-019",
  },
  131055: {
    ...badRequest,
    name: "META_SIP_ENABLED",
    title: "Method not allowed",
    details: "This phone number is set up for SIP; Graph calls are not available on it.",
    behaviour: "META-ERR-020",
  },
  138000: {
    ...unauthorized,
    name: "META_CALLING_NOT_ENABLED",
    title: "Calling API not enabled",
    details: "WhatsApp Cloud API Calling not enabled for this phone number.",
    behaviour: "META-ERR-021",
  },
  138001: {
    ...badRequest,
    name: "META_RECEIVER_UNCALLABLE",
    title: "Receiver uncallable",
    details: "The receiver can't be called on WhatsApp.",
    behaviour: "META-ERR-022",
  },
  138002: {
    ...tooMany,
    name: "META_CONCURRENT_CALL_LIMIT",
    title: "Concurrent calls limit",
    details: "This phone number has as many calls at once as it may have.",
    behaviour: "META-ERR-023",
  },
  138003: {
    ...badRequest,
    name: "META_CALL_ALREADY_IN_PROGRESS",
    title: "Duplicate call",
    details: "A call between this phone number and this user is already running.",
    behaviour: "META-ERR-024",
  },
  138004: {
    ...broken,
    name: "META_CALL_CONNECT_FAILED",
    title: "Connection error",
    details: "The call could not be connected. Try again, or look at the connection parameters.",
    behaviour: "META-ERR-025",
  },
  138005: {
    ...tooMany,
    name: "META_CALL_RATE_LIMIT",
    title: "Call rate limit exceeded",
    details: "This phone number has started too many calls.",
    behaviour: "META-ERR-026",
  },
  138006: {
    ...unauthorized,
    name: "META_CALL_PERMISSION_REQUIRED",
    title: "No approved call permission",
    details: "No approved call permission from the recipient.",
    subcode: 2593090,
    behaviour: "META-ERR-027",
  },
  138007: {
    ...broken,
    name: "META_CALL_CONNECT_TIMEOUT",
    title: "Connection timeout",
    details: "The session description was not applied in time.",
    behaviour: "META-ERR-028",
  },
  138008: {
    ...badRequest,
    name: "META_SDP_INVALID",
    title: "SDP Validation error",
    details: "The session description was not accepted.",
    subcode: 2593093,
    behaviour: "META-ERR-029",
  },
  138009: {
    ...badRequest,
    name: "META_CALL_PERMISSION_REQUEST_LIMIT",
    title: "Call permission request limit hit",
    details: "The limit of call permission requests to this user is reached.",
    behaviour: "META-ERR-030",
  },
  138011: {
    ...badRequest,
    name: "META_CALL_PERMISSION_NO_CONVERSATION",
    title: "No open conversation",
    details: "There is no open conversation in which permission could be requested.",
    behaviour: "META-ERR-031",
  },
  138012: {
    ...badRequest,
    name: "META_CALL_LIMIT",
    title: "Business-initiated calls limit hit",
    details: "The limit of connected business-initiated calls in 24 hours is reached.",
    behaviour: "META-ERR-032",
  },
  138013: {
    ...badRequest,
    name: "META_CALLING_NOT_AVAILABLE",
    title:
      "Business-initiated calling is not available. This may be due to country restrictions or account eligibility.",
    details: "Business initiated calls not available for for this account.",
    subcode: 2593139,
    userTexts: {
      title: "Business-initiated calling not available",
      message: "Business-initiated calls not available for for this account.",
    },
    behaviour: "META-ERR-033",
  },
  138014: {
    ...badRequest,
    name: "META_CALLING_PAUSED",
    title: "Calling is temporarily off",
    details: "Calling is paused on this phone number because of low quality.",
    behaviour: "META-ERR-034",
  },
  138015: {
    ...badRequest,
    name: "META_MESSAGING_LIMIT_TOO_LOW",
    title: "Calling can't be enabled",
    details: "The messaging limit of this phone number is below 2000.",
    behaviour: "META-ERR-035",
  },
  138017: {
    ...badRequest,
    name: "META_CALL_PERMISSION_ALREADY_PERMANENT",
    title: "Permission is already permanent",
    details: "The user has already given a permanent call permission.",
    behaviour: "META-ERR-036",
  },
  138018: {
    ...badRequest,
    name: "META_CALLING_PREREQUISITES_MISSING",
    title: "Technical prerequisites are missing",
    details: "No app is subscribed to the field calls, and no SIP server is configured.",
    behaviour: "META-ERR-037",
  },
  138019: {
    ...endsCall,
    title: "Call setup failed",
    details: "The WhatsApp client could not set up the call.",
    behaviour: "META-ERR-038",
  },
  138020: {
    ...endsCall,
    title: "Relay not reached",
    details: "The WhatsApp client could not reach the relay.",
    behaviour: "META-ERR-039",
  },
  138021: {
    ...endsCall,
    title: "No media received",
    details: "The WhatsApp client hung up because it received no media for a long time.",
    behaviour: "META-ERR-040",
  },
  138022: {
    ...endsCall,
    title: "Media could not be sent",
    details: "The WhatsApp client hung up because it could not send media for a long time.",
    behaviour: "META-ERR-041",
  },
  138023: {
    ...endsCall,
    title: "Accepted without media",
    details: "The call was accepted and ended without any sign of media.",
    behaviour: "META-ERR-042",
  },
} as const satisfies Record<number, MetaError>;

export type MetaErrorCode = keyof typeof metaErrors;

/** The codes that can answer a request. */
export type MetaRefusalCode = {
  [C in MetaErrorCode]: (typeof metaErrors)[C]["seenIn"] extends "answer" ? C : never;
}[MetaErrorCode];

/** Whether a number is one of Meta's documented calling errors. */
export function isMetaErrorCode(code: number): code is MetaErrorCode {
  return Object.hasOwn(metaErrors, code);
}

/** Whether a code answers a request; the others let the call start and then end it. */
export function isMetaRefusalCode(code: MetaErrorCode): code is MetaRefusalCode {
  return metaErrors[code].seenIn === "answer";
}
