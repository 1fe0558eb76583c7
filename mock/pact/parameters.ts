import { parsePhone } from "../domain/phone.ts";

/** What a provider state can be told: what it takes, and the value it has when nobody says. */
export interface Parameter<Value> {
  readonly about: string;
  /** What is accepted, as it stands behind "must be". */
  readonly expected: string;
  readonly preset: Value;
  /** Reads a value as a pact holds it; undefined when it is not accepted. */
  readonly read: (value: unknown) => Value | undefined;
}

/** One of a few words. */
export function choice<const Choice extends string>(
  about: string,
  choices: readonly Choice[],
  preset: Choice,
): Parameter<Choice> {
  const last = choices.at(-1) ?? "";
  return {
    about,
    expected: choices.length === 1 ? last : `${choices.slice(0, -1).join(", ")} or ${last}`,
    preset,
    read: (value) => choices.find((each) => each === value),
  };
}

/** A phone number, in any spelling that the API takes. */
export function phone(about: string, preset: string): Parameter<string> {
  return {
    about,
    expected: "a phone number of 8 to 15 digits",
    preset,
    read: (value) => (typeof value === "string" && parsePhone(value) !== null ? value : undefined),
  };
}

/** True or false; a text will do, since some languages' pacts hold nothing else. */
export function flag(about: string, preset: boolean): Parameter<boolean> {
  const words = new Map<unknown, boolean>([
    [true, true],
    [false, false],
    ["true", true],
    ["false", false],
  ]);
  return { about, expected: "true or false", preset, read: (value) => words.get(value) };
}

/** A whole number within limits, or its digits. */
export function count(about: string, from: number, to: number, preset: number): Parameter<number> {
  return {
    about,
    expected: `a whole number from ${from} to ${to}`,
    preset,
    read: (value) => {
      const number = typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
      const fits = typeof number === "number" && Number.isSafeInteger(number) && number >= from && number <= to;
      return fits ? number : undefined;
    },
  };
}

/** A text of at most 200 characters. */
export function words(about: string, preset: string): Parameter<string> {
  return {
    about,
    expected: "a text of at most 200 characters",
    preset,
    read: (value) => {
      const text = typeof value === "number" ? String(value) : value;
      return typeof text === "string" && text !== "" && text.length <= 200 ? text : undefined;
    },
  };
}
