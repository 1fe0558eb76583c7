import { expect, test } from "vitest";
import { magicFailureScript, magicRefusal, magicScripts } from "../../mock/domain/magic-numbers.ts";
import { isMetaErrorCode, metaErrors } from "../../mock/domain/refusals/meta-errors.ts";
import { builtInScripts } from "../../mock/people/built-in-scripts.ts";

const sixDigits = Object.entries(metaErrors).filter(([code]) => code.length === 6);
const refusals = sixDigits.filter(([, { seenIn }]) => seenIn === "answer").map(([code]) => code);
const failures = sixDigits.filter(([, { seenIn }]) => seenIn === "call").map(([code]) => code);

test.each(refusals)("a number that ends in 00%s is refused with that code", (code) => {
  expect(magicRefusal(`5511900${code}`)).toBe(Number(code));
  expect(magicFailureScript(`5511900${code}`)).toBeNull();
});

test("138019 to 138023 are placed and then fail, each by a script that exists", () => {
  expect(failures).toEqual(["138019", "138020", "138021", "138022", "138023"]);
  for (const code of failures) {
    expect(magicRefusal(`5511900${code}`)).toBeNull();
    expect(magicFailureScript(`5511900${code}`)).toBe(`fail-${code}`);
    expect(builtInScripts.has(`fail-${code}`)).toBe(true);
  }
});

test.each(["5511900138099", "5511900000613", "5511901138006", "55119001380060", "5511999999999"])(
  "%s is an ordinary number",
  (phone) => {
    expect(magicRefusal(phone)).toBeNull();
    expect(magicFailureScript(phone)).toBeNull();
  },
);

test("any number may carry the code, whatever its country", () => {
  expect(magicRefusal("4917600138006")).toBe(138006);
});

test("the seven magic numbers name built-in scripts", () => {
  expect(Object.keys(magicScripts)).toHaveLength(7);
  for (const script of Object.values(magicScripts)) expect(builtInScripts.has(script)).toBe(true);
});

test("names that every object has are no error codes", () => {
  expect(isMetaErrorCode(Number.NaN)).toBe(false);
  expect(isMetaErrorCode(138_999)).toBe(false);
});
