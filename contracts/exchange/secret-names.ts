const secret = "token|secret|key|auth(?!or(?!iz))|cookie|signature|password";

/** What a name that has to do with secrets looks like; `author` and `authority` are none. */
const secretName = new RegExp(secret, "i");

/** Names that look like it: challenges, which hold no secret, and keys that tell one request from another. */
const harmless: ReadonlySet<string> = new Set([
  "www-authenticate",
  "proxy-authenticate",
  "idempotency-key",
  "x-idempotency-key",
]);

/** Whether what is called so, in lower case, opens doors. */
export function isSecret(name: string): boolean {
  return secretName.test(name) && !harmless.has(name);
}

const named = String.raw`[\w-]{0,60}(?:${secret})[\w-]{0,60}`;

/** Fields whose values open doors, whatever they hold; `\\.` steps over escaped quotes. */
const fields = new RegExp(String.raw`("${named}"\s*:\s*)"(?:[^"\\]|\\.)*"`, "gi");

/** The same in JSON inside JSON, where the quotes of one level are escaped alike. */
const innerFields = new RegExp(String.raw`(?<!\\)(\\+)("${named})\1("\s*:\s*)\1"(?:[^"\\]|(?!\1")\\+[^\\])*`, "gi");

/** Parameters of addresses and of forms, and the user in front of a host. */
const parameters = new RegExp(String.raw`((?:^|[?&])(?:${named}|sig)=)[^&#\s"\\]+`, "gi");
const userInfo = /(\w:(?:\\*\/){2})[^/\s"@]+@/g;

/** Keys of the API, wherever they stand (AUTH-001). */
const keys = /\bps_[\w-]+/g;

/** Replaces what stands behind a name that has to do with secrets, and what shows itself to be a key. */
export function redactNamed(text: string): string {
  return text
    .replaceAll(keys, "ps_redacted")
    .replaceAll(userInfo, "$1redacted@")
    .replaceAll(parameters, "$1redacted")
    .replaceAll(fields, '$1"redacted"')
    .replaceAll(innerFields, '$1$2$1$3$1"redacted');
}
