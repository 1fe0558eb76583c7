import fc from "fast-check";
import { expect, test } from "vitest";
import { isFromBlockedCountry, parsePhone } from "../../mock/domain/phone.ts";

test.each([
  ["5511999999999", "5511999999999"],
  ["+5511999999999", "5511999999999"],
  ["+55 (11) 99999-9999", "5511999999999"],
  [" 5511999999999 ", "5511999999999"],
  ["55\t11\u00a099999\n9999", "5511999999999"],
  ["12345678", "12345678"],
  ["123456789012345", "123456789012345"],
])("%j is read as %s", (text, digits) => {
  expect(parsePhone(text)).toBe(digits);
});

test.each([
  ["", "nothing"],
  ["+", "only decoration"],
  ["1234567", "seven digits"],
  ["1234567890123456", "sixteen digits"],
  ["0511999999999", "no country begins with 0"],
  ["55119999x9999", "a letter"],
  ["US.13491208655302741918", "a user id without a number"],
  ["5511999999999;ext=1", "an extension"],
  ["٥٥١١٩٩٩٩٩٩٩٩٩", "digits of another script"],
  ["5511.99999.9999", "dots"],
])("%j is no phone number (%s)", (text) => {
  expect(parsePhone(text)).toBeNull();
});

test("decoration anywhere never changes the number", () => {
  const digits = fc.stringMatching(/^[1-9]\d{7,14}$/);
  const decoration = fc.array(fc.constantFrom("+", "-", "(", ")", " "), { maxLength: 16 });
  fc.assert(
    fc.property(digits, decoration, (number, marks) => {
      const decorated = [...number].map((digit, index) => `${marks[index] ?? ""}${digit}`).join("");
      expect(parsePhone(decorated)).toBe(number);
    }),
    { numRuns: 50 },
  );
});

test.each([
  ["12025550123", "United States", true],
  ["14165550123", "Canada", true],
  ["201001234567", "Egypt", true],
  ["84912345678", "Vietnam", true],
  ["2348012345678", "Nigeria", true],
  ["18765550123", "Jamaica", false],
  ["18095550123", "the Dominican Republic", false],
  ["551140000001", "Brazil", false],
  ["27821234567", "South Africa", false],
  ["8521234567", "Hong Kong", false],
])("whether %s (%s) is from a country without business-initiated calls: %s", (phone, _country, is) => {
  expect(isFromBlockedCountry(phone)).toBe(is);
});
