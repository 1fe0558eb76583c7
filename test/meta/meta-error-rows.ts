/** One of Meta's errors as a client must see it, written down here a second time on purpose. */
export interface MetaErrorRow {
  readonly code: number;
  /** The ledger entry that fixes status and name. */
  readonly entry: string;
  readonly name: string;
  /** The gateway's status, and Meta's own. */
  readonly status: number;
  readonly metaStatus: number;
  readonly title: string;
  readonly details: string;
  readonly subcode?: number;
}

const row = (
  code: number,
  entry: string,
  name: string,
  [status, metaStatus]: readonly [number, number],
  title: string,
  details: string,
  subcode?: number,
): MetaErrorRow => ({
  code,
  entry,
  name,
  status,
  metaStatus,
  title,
  details,
  ...(subcode === undefined ? {} : { subcode }),
});

const bad = [400, 400] as const;
const unauthorized = [400, 401] as const;
const tooMany = [429, 429] as const;
const broken = [502, 500] as const;

/** The errors that a magic number brings about. */
export const sixDigitErrors: readonly MetaErrorRow[] = [
  row(
    131009,
    "META-ERR-015",
    "META_PARAMETER_VALUE_NOT_VALID",
    bad,
    "Parameter value is not valid",
    "Calling is not available in the country of the sender.",
  ),
  row(
    131026,
    "META-ERR-016",
    "META_MESSAGE_UNDELIVERABLE",
    bad,
    "Message undeliverable",
    "The recipient's WhatsApp is too old to show a call permission request.",
  ),
  row(
    131030,
    "META-ERR-017",
    "META_RECIPIENT_NOT_ALLOWED",
    bad,
    "Recipient phone number not in allowed list",
    "A test number reaches only the recipients on its allow list.",
  ),
  row(
    131044,
    "META-ERR-018",
    "META_PAYMENT_METHOD_REQUIRED",
    bad,
    "Business eligibility payment issue",
    "The WhatsApp Business Account has no valid payment method.",
  ),
  row(
    131047,
    "META-ERR-019",
    "META_OUTSIDE_24H_WINDOW",
    bad,
    "Re-engagement message",
    "More than 24 hours have passed since the recipient last wrote or called.",
  ),
  row(
    131055,
    "META-ERR-020",
    "META_SIP_ENABLED",
    bad,
    "Method not allowed",
    "This phone number is set up for SIP; Graph calls are not available on it.",
  ),
  row(
    138000,
    "META-ERR-021",
    "META_CALLING_NOT_ENABLED",
    unauthorized,
    "Calling API not enabled",
    "WhatsApp Cloud API Calling not enabled for this phone number.",
  ),
  row(
    138001,
    "META-ERR-022",
    "META_RECEIVER_UNCALLABLE",
    bad,
    "Receiver uncallable",
    "The receiver can't be called on WhatsApp.",
  ),
  row(
    138002,
    "META-ERR-023",
    "META_CONCURRENT_CALL_LIMIT",
    tooMany,
    "Concurrent calls limit",
    "This phone number has as many calls at once as it may have.",
  ),
  row(
    138003,
    "META-ERR-024",
    "META_CALL_ALREADY_IN_PROGRESS",
    bad,
    "Duplicate call",
    "A call between this phone number and this user is already running.",
  ),
  row(
    138004,
    "META-ERR-025",
    "META_CALL_CONNECT_FAILED",
    broken,
    "Connection error",
    "The call could not be connected. Try again, or look at the connection parameters.",
  ),
  row(
    138005,
    "META-ERR-026",
    "META_CALL_RATE_LIMIT",
    tooMany,
    "Call rate limit exceeded",
    "This phone number has started too many calls.",
  ),
  row(
    138006,
    "META-ERR-027",
    "META_CALL_PERMISSION_REQUIRED",
    unauthorized,
    "No approved call permission",
    "No approved call permission from the recipient.",
    2593090,
  ),
  row(
    138007,
    "META-ERR-028",
    "META_CALL_CONNECT_TIMEOUT",
    broken,
    "Connection timeout",
    "The session description was not applied in time.",
  ),
  row(
    138008,
    "META-ERR-029",
    "META_SDP_INVALID",
    bad,
    "SDP Validation error",
    "The session description was not accepted.",
    2593093,
  ),
  row(
    138009,
    "META-ERR-030",
    "META_CALL_PERMISSION_REQUEST_LIMIT",
    bad,
    "Call permission request limit hit",
    "The limit of call permission requests to this user is reached.",
  ),
  row(
    138011,
    "META-ERR-031",
    "META_CALL_PERMISSION_NO_CONVERSATION",
    bad,
    "No open conversation",
    "There is no open conversation in which permission could be requested.",
  ),
  row(
    138012,
    "META-ERR-032",
    "META_CALL_LIMIT",
    bad,
    "Business-initiated calls limit hit",
    "The limit of connected business-initiated calls in 24 hours is reached.",
  ),
  row(
    138013,
    "META-ERR-033",
    "META_CALLING_NOT_AVAILABLE",
    bad,
    "Business-initiated calling is not available. This may be due to country restrictions or account eligibility.",
    "Business initiated calls not available for for this account.",
    2593139,
  ),
  row(
    138014,
    "META-ERR-034",
    "META_CALLING_PAUSED",
    bad,
    "Calling is temporarily off",
    "Calling is paused on this phone number because of low quality.",
  ),
  row(
    138015,
    "META-ERR-035",
    "META_MESSAGING_LIMIT_TOO_LOW",
    bad,
    "Calling can't be enabled",
    "The messaging limit of this phone number is below 2000.",
  ),
  row(
    138017,
    "META-ERR-036",
    "META_CALL_PERMISSION_ALREADY_PERMANENT",
    bad,
    "Permission is already permanent",
    "The user has already given a permanent call permission.",
  ),
  row(
    138018,
    "META-ERR-037",
    "META_CALLING_PREREQUISITES_MISSING",
    bad,
    "Technical prerequisites are missing",
    "No app is subscribed to the field calls, and no SIP server is configured.",
  ),
];

/** Too short for a magic number: only a state of the world brings these about. */
export const shortErrors: readonly MetaErrorRow[] = [
  row(
    100,
    "META-ERR-013",
    "META_INVALID_PARAMETER",
    bad,
    "Invalid parameter",
    "The session description differs from the one of the earlier pre_accept.",
  ),
  row(
    613,
    "META-ERR-014",
    "META_CALL_PERMISSION_PROBE_LIMIT",
    tooMany,
    "Rate limit hit",
    "Call permissions of this phone number were read too often.",
  ),
];
