import type { StandIns } from "./stand-ins.ts";

/** Fields that hold a phone number in whatever spelling, also as a JSON number or in JSON inside JSON. */
const fields =
  /("(?:to|from|phone|number|peerNumber|fromNumber|phoneNumber|(?:display_)?phone_number|recipient|wa_id)\\*"\s*:\s*(?:\\*")?)((?:[+\d()-]|[^\S\r\n]){8,64})(?=\\*["\s,}\]]|$)/g;

/** A phone number as people write it, `+55 (11) 99999-9999`; blanks may be non-breaking ones, which the API takes too. */
const written = /\+\d(?:[\d()-]|[^\S\r\n]){6,24}\d/g;

/** Lines of an SDP and uuids, whose digits are no phone number. */
const sdpLine = String.raw`(?<=\n|\\n|")[abcmortvz]=[^\\\r\n"]*`;
const uuid = String.raw`(?<![\da-fA-F])[\da-fA-F]{8}(?:-[\da-fA-F]{4}){3}-[\da-fA-F]{12}(?![\da-fA-F])`;

/**
 * Digits that may be a phone number. Those right behind a JSON name are an instant or a count, and those next to a letter
 * are part of an id. `\n` in JSON is an escape, not a letter in front of the digits, and `%2B` in a form is a plus.
 */
const bare = String.raw`(?<!":\s{0,2}-?)(?<=^|[^A-Za-z\d.]|\\[nrt]|%2[Bb])(?<digits>\d{8,15})(?![A-Za-z\d]|\.\d)`;
const digits = new RegExp(`${sdpLine}|${uuid}|${bare}`, "g");

/** Replaces phone numbers, each by its own stand-in. */
export function redactPhones(text: string, phone: StandIns["phone"]): string {
  return text
    .replaceAll(fields, (_, name: string, value: string) => `${name}${spelt(value, phone)}`)
    .replaceAll(written, (value) => spelt(value, phone))
    .replaceAll(digits, (found, bareDigits?: string) => (bareDigits === undefined ? found : phone(bareDigits)));
}

/** A phone number in any spelling, which the stand-in doesn't keep. */
export function spelt(value: string, phone: StandIns["phone"]): string {
  const plain = value.replaceAll(/\D/g, "");
  if (plain.length < 8 || plain.length > 15) return value;
  return `${value.includes("+") ? "+" : ""}${phone(plain)}`;
}
