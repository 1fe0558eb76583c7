import type { Decision } from "../domain/decide/decision.ts";
import type { NumberChange } from "../domain/number.ts";
import { type Phone, parsePhone } from "../domain/phone.ts";
import type { Provider } from "../domain/provider.ts";
import { randomKey } from "./random-key.ts";
import type { World } from "./world.ts";

/** A business number beside those that every world has. */
export interface NewNumber extends NumberChange {
  readonly provider: Provider;
  /** Country code first; `+`, `-`, brackets and blanks may stand between the digits. */
  readonly number: string;
  /** What goes into `x-api-key`; made up from the sandbox's seed unless given. */
  readonly key?: string;
}

/** A key beside those that every world has: the tenant's, one without a number, or a further one of a number. */
export type NewKey = { readonly key: string } & (
  | { readonly scope: "tenant" | "unbound" }
  | { readonly number: string }
);

/** What is known of a person from the start. */
export interface NewContact {
  readonly phone: string;
  readonly name?: string | null;
  readonly script?: string | null;
  readonly reachable?: boolean;
  readonly permission?: "none" | "temporary" | "permanent";
  readonly serviceWindow?: "open" | "closed";
}

/** What the world `default` has beside what every world has. */
export interface WorldAdditions {
  readonly numbers: readonly NewNumber[];
  readonly keys: readonly NewKey[];
  readonly contacts: readonly NewContact[];
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null;
const isPhone = (value: unknown) => typeof value === "string" && parsePhone(value) !== null;
const isSecret = (value: unknown) => typeof value === "string" && /^ps_[A-Za-z0-9_-]{1,64}$/.test(value);

/** Whether a value has what a new number needs. */
export function isNewNumber(value: unknown): boolean {
  if (!isFields(value) || !isPhone(value["number"])) return false;
  const { provider, key } = value;
  return (provider === "META" || provider === "EVO_GO" || provider === "OTHER") && (key === undefined || isSecret(key));
}

/** Whether a value has what a new key needs. */
export function isNewKey(value: unknown): boolean {
  if (!isFields(value) || !isSecret(value["key"])) return false;
  return value["scope"] === "tenant" || value["scope"] === "unbound" || isPhone(value["number"]);
}

/** Whether a value has what a new contact needs. */
export function isNewContact(value: unknown): boolean {
  return isFields(value) && isPhone(value["phone"]);
}

/**
 * Gives a world further numbers and keys.
 *
 * @throws Error when a number or a key is there already, or when a key is for a number that isn't there
 */
export function addToDirectory(world: World, { numbers, keys }: WorldAdditions): void {
  for (const { provider, number, key, ...change } of numbers) {
    const secret = key ?? randomKey(world.state);
    const allowList = change.allowList === undefined ? {} : { allowList: change.allowList.map(digits) };
    const added = { provider, number: digits(number), secret, change: { ...change, ...allowList } };
    mustHappen(world.dispatch({ type: "addNumber", ...added }));
  }
  for (const key of keys) addKey(world, key);
}

/** Lets a world know further people, in the order of the list. */
export function addPeople(world: World, { contacts }: WorldAdditions): void {
  for (const contact of contacts) {
    mustHappen(world.dispatch({ type: "putContact", ...contact, phone: digits(contact.phone) }));
  }
}

function addKey(world: World, added: NewKey): void {
  const { key: secret } = added;
  if (world.state.keys.has(secret)) throw new Error(`The key ${secret} belongs to this world already. Choose another.`);
  if ("scope" in added) {
    mustHappen(world.dispatch({ type: "addKey", secret, scope: added.scope }));
    return;
  }
  const phone = digits(added.number);
  const number = [...world.state.numbers.values()].find((candidate) => candidate.number === phone);
  if (number === undefined) throw new Error(`The key ${secret} is for +${phone}, which is no number of this world.`);
  mustHappen(world.dispatch({ type: "addKey", secret, scope: "number", numberId: number.id }));
}

/** Options were checked before; what people wrote between the digits goes. */
function digits(phone: string): Phone {
  return parsePhone(phone) ?? phone;
}

function mustHappen(decision: Decision): void {
  if (!decision.ok) throw new Error(decision.refusal.message);
}
