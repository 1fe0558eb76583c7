import { InvalidArgumentError } from "commander";

/** Reads a port as an option gives it; 0 takes a free one. */
export function readPort(text: string): number {
  const number = Number(text);
  if (/^\d{1,5}$/.test(text) && number <= 65_535) return number;
  throw new InvalidArgumentError("It must be a whole number from 0 to 65535.");
}
