import { parse } from "sdp-transform";

/** An object of which nothing is known yet but its keys. */
export type Fields = Readonly<Record<string, unknown>>;

const none: Fields = {};

/**
 * Lets sdp-transform read one line. A whole document at once would lose the line numbers and all but the last of
 * several fingerprints, and those are what a refusal has to name.
 *
 * @param line for example `a=rtpmap:111 opus/48000/2`
 * @returns the fields of that line, and none if sdp-transform makes nothing of it
 */
export function readFields(line: string): Fields {
  return fieldsOf(parse(line));
}

/** The first entry of a list that sdp-transform filled, such as `rtp` or `candidates`. */
export function firstOf(fields: Fields, name: string): Fields {
  const list = fields[name];
  return Array.isArray(list) ? fieldsOf(list[0]) : none;
}

/** A nested object, such as `fingerprint`. */
export function inner(fields: Fields, name: string): Fields {
  return fieldsOf(fields[name]);
}

/** A value as text; sdp-transform turns all-digit values into numbers, and this turns them back. */
export function textOf(fields: Fields, name: string): string {
  const value = fields[name];
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

/** A value as a whole number, or null when it is anything else. */
export function numberOf(fields: Fields, name: string): number | null {
  const text = textOf(fields, name);
  return text.length < 16 && /^\d+$/.test(text) ? Number(text) : null;
}

function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : none;
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null;
}
