/** A phone number as the API stores it: country code first, digits only. */
export type Phone = string;

const decoration = /[+\-()\s]/g;

/**
 * Reads a phone number the way people write them: `+`, `-`, brackets and blanks are dropped, and 8 to 15 digits must
 * be left (assumption: the E.164 maximum, and the shortest international numbers).
 *
 * @returns digits only, or null when the text is no phone number
 * @example parsePhone("+55 (11) 99999-9999") // "5511999999999"
 */
export function parsePhone(text: string): Phone | null {
  const digits = text.replace(decoration, "");
  return /^[1-9]\d{7,14}$/.test(digits) ? digits : null;
}

// Calling codes of the countries whose numbers may not place business-initiated calls (meta-calling §3: US, CA, EG,
// VN, NG). Twenty-odd Caribbean countries share +1; the sandbox tells them apart by area code.
const blockedPrefixes = ["20", "84", "234"];
const caribbeanAreaCodes = new Set(
  "242 246 264 268 284 340 345 441 473 649 658 664 670 671 684 721 758 767 784 787 809 829 849 868 869 876 939".split(
    " ",
  ),
);

/** Whether Meta offers no business-initiated calling to a number of this country (138013). */
export function isFromBlockedCountry(phone: Phone): boolean {
  if (phone.startsWith("1")) return phone.length === 11 && !caribbeanAreaCodes.has(phone.slice(1, 4));
  return blockedPrefixes.some((prefix) => phone.startsWith(prefix));
}
