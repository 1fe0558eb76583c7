import type { NumberChange } from "../domain/number.ts";
import type { Phone } from "../domain/phone.ts";
import type { Provider } from "../domain/provider.ts";
import type { World } from "./world.ts";

/** The keys of a world by name, as the control API hands them out. */
export interface WorldKeys {
  readonly meta: string;
  readonly evo: string;
  readonly evoOffline: string;
  readonly other: string;
  readonly metaLowTier: string;
  readonly tenant: string;
  readonly unbound: string;
}

/** The person of the documented example, who allows calls from the start. */
export const exampleContact: Phone = "5511999999999";

const numbers: readonly { key: keyof WorldKeys; provider: Provider; number: Phone; change: NumberChange }[] = [
  { key: "meta", provider: "META", number: "551140000001", change: { name: "Sandbox META", messagingLimit: 10_000 } },
  { key: "evo", provider: "EVO_GO", number: "551140000002", change: { name: "Sandbox EVO_GO" } },
  {
    key: "evoOffline",
    provider: "EVO_GO",
    number: "551140000003",
    change: { name: "Sandbox EVO_GO, not connected", connected: false },
  },
  { key: "other", provider: "OTHER", number: "551140000004", change: { name: "Sandbox other provider" } },
  {
    key: "metaLowTier",
    provider: "META",
    number: "551140000005",
    change: { name: "Sandbox META, low tier", messagingLimit: 250 },
  },
];

/** The phone numbers of the numbers that every world starts with. */
export const seedPhones: readonly Phone[] = numbers.map(({ number }) => number);

/** The keys of a world: `ps_sandbox_…` in `default`, with the world's id in every other, so that no two worlds share one. */
export function keysOf(worldId: string): WorldKeys {
  const prefix = worldId === "default" ? "ps_sandbox" : `ps_${worldId}`;
  return {
    meta: `${prefix}_meta`,
    evo: `${prefix}_evo`,
    evoOffline: `${prefix}_evo_offline`,
    other: `${prefix}_other`,
    metaLowTier: `${prefix}_meta_low_tier`,
    tenant: `${prefix}_tenant`,
    unbound: `${prefix}_unbound`,
  };
}

/** Gives a new world its numbers and keys; a reset comes back to them. */
export function seedDirectory(world: World): void {
  const keys = keysOf(world.id);
  for (const { key, provider, number, change } of numbers) {
    world.dispatch({ type: "addNumber", provider, number, secret: keys[key], change });
  }
  world.dispatch({ type: "addKey", secret: keys.tenant, scope: "tenant" });
  world.dispatch({ type: "addKey", secret: keys.unbound, scope: "unbound" });
}

/** Lets the person of the documented example be called at once, on every META number (META-PERM-070). */
export function seedPeople(world: World): void {
  world.dispatch({ type: "putContact", phone: exampleContact, permission: "temporary" });
}
