import { test } from "vitest";
import { builtIn, expectMistake, phone } from "./support.ts";

const seeded = "+551140000001, +551140000002, +551140000003, +551140000004, +551140000005";
const fields =
  "provider, number, key, name, connected, script, messagingLimit, callsSubscribed, sipEnabled, restricted, paymentMethod, testNumber, allowList, limits";
const key = "a key: ps_ and 1 to 64 letters, digits, _ or -";

// ▸ marks the place that must be named.
test.each([
  [
    "numbers: []\n▸script: {}",
    'The file has no section "script". Did you mean scripts? It can have scripts, numbers, keys, webhooks, contacts.',
  ],
  ["▸- scripts", "The file must be a map with the sections scripts, numbers, keys and contacts, but was a list."],
  ["▸hello", 'The file must be a map with the sections scripts, numbers, keys and contacts, but was "hello".'],
  ["numbers:\n  ▸provider: META", "numbers must be a list of business numbers, but was a map."],
  ["keys:\n  ▸- ps_a", "keys must be a map from a key to tenant, unbound or the number that it opens, but was a list."],
  ["keys:\n  ▸team: tenant", 'The name "team" under keys must be ps_ and 1 to 64 letters, digits, _ or -. Rename it.'],
  [
    "keys:\n  ps_a: ▸everything",
    'keys.ps_a must be tenant, unbound, or the phone number of a business number, but was "everything".',
  ],
  [
    "keys:\n  ps_a: ▸+551140000999",
    `keys.ps_a must be the phone number of a business number, but there is no +551140000999. There are ${seeded}; add yours under numbers.`,
  ],
  [
    "keys:\n  ▸ps_sandbox_meta: tenant",
    "keys.ps_sandbox_meta can't be ps_sandbox_meta: the sandbox itself has it already. Choose another.",
  ],
  ["contacts:\n  ▸Ana: {}", `The name "Ana" under contacts must be ${phone}. Rename it.`],
])("WORLD-031: in %j it is said that %s", expectMistake);

test.each([
  ["▸+551140000100", ' must be a map such as { provider: META, number: "+55 11 4000-0100" }, but was 551140000100.'],
  ["▸{ number: +551140000100 }", " lacks provider. Add it: one of META, EVO_GO, OTHER."],
  ["▸{ provider: META }", ` lacks number. Add it: ${phone}.`],
  [
    "{ number: +551140000100, provider: ▸EVOGO }",
    '.provider must be one of META, EVO_GO, OTHER, but was "EVOGO". Did you mean EVO_GO?',
  ],
  ["{ provider: META, number: ▸+5511 }", `.number must be ${phone}, but was 5511.`],
  ["{ provider: META, number: ▸+55 11 CALL-ME }", `.number must be ${phone}, but was "+55 11 CALL-ME".`],
  [
    "{ provider: META, number: ▸+55 11 4000-0001 }",
    ".number can't be +551140000001: the sandbox itself has it already. Choose another.",
  ],
])("WORLD-031: of the number %s it is said that it%s", (number, message) => {
  expectMistake(`# Mine\nnumbers:\n  - ${number}\n`, `numbers[0]${message}`);
});

test.each([
  ["▸limit: 3", ` has no field "limit". Did you mean limits? It can have ${fields}.`],
  ["key: ▸orders", `.key must be ${key}, but was "orders".`],
  ["key: ▸ps_sandbox_evo", ".key can't be ps_sandbox_evo: the sandbox itself has it already. Choose another."],
  ['name: ▸""', '.name must be a name of 1 to 128 characters, but was "".'],
  ["connected: ▸yes", '.connected must be true or false, but was "yes".'],
  ["messagingLimit: ▸-1", ".messagingLimit must be a whole number, 0 or more, but was -1."],
  ["limits: ▸many", '.limits must be a map such as { connectedCallsPer24h: 10 }, but was "many".'],
  ["limits: { concurrentCalls: ▸1.5 }", ".limits.concurrentCalls must be a whole number, 0 or more, but was 1.5."],
  ["limits: { ringTimeoutSeconds: ▸0 }", ".limits.ringTimeoutSeconds must be a whole number, 1 or more, but was 0."],
  ["limits: { bicScope: ▸peer }", '.limits.bicScope must be one of number, pair, but was "peer".'],
  ["allowList: [+5511987654321, ▸me]", `.allowList[1] must be ${phone}, but was "me".`],
  [
    "script: ▸rejects",
    `.script must be the name of a script, but there is none called "rejects". Did you mean reject? There are ${builtIn}.`,
  ],
])("WORLD-031: of a number's %s it is said that it%s", (field, message) => {
  const text = `numbers:\n  - { provider: OTHER, number: +551140000200 }\n  - { provider: META, number: +551140000100, ${field} }`;
  expectMistake(text, `numbers[1]${message}`);
});

test.each([
  ["▸reject", ' must be a map such as { script: reject, permission: permanent }, but was "reject".'],
  ["{ permission: ▸always }", '.permission must be one of none, temporary, permanent, but was "always".'],
  ["{ serviceWindow: ▸true }", ".serviceWindow must be one of open, closed, but was true."],
  ["{ ▸window: open }", ' has no field "window". It can have name, script, reachable, permission, serviceWindow.'],
  ["{ reachable: ▸no }", '.reachable must be true or false, but was "no".'],
  [
    "{ script: ▸nobody }",
    `.script must be the name of a script, but there is none called "nobody". There are ${builtIn}.`,
  ],
])("WORLD-031: of the contact %s it is said that it%s", (contact, message) => {
  expectMistake(`contacts:\n  +5511987654321: ${contact}`, `contacts["5511987654321"]${message}`);
});

const first = "numbers:\n  - { provider: META, number: +551140000100, key: ps_a }\n";

test.each([
  [
    `${first}  - { provider: EVO_GO, number: ▸55 11 4000 0100 }`,
    "numbers[1].number can't be +551140000100: numbers[0].number has it already. Choose another.",
  ],
  [
    `${first}  - { provider: EVO_GO, number: +551140000200, key: ▸ps_a }`,
    "numbers[1].key can't be ps_a: numbers[0].key has it already. Choose another.",
  ],
  [`${first}keys:\n  ▸ps_a: tenant`, "keys.ps_a can't be ps_a: numbers[0].key has it already. Choose another."],
  [
    'contacts:\n  +5511987654321: {}\n  ▸"+55 11 98765-4321": {}',
    'contacts["+55 11 98765-4321"] can\'t be +5511987654321: contacts["5511987654321"] has it already. Choose another.',
  ],
])("WORLD-031: what stands twice is named where it stands the second time: %j", expectMistake);
