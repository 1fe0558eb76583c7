import type { PersonAction } from "../domain/commands.ts";
import type { PermissionReply } from "../people/script.ts";
import type { NewContact, NewNumber } from "../world/additions.ts";

/** A configuration file that has passed spec/config.schema.json, as it was written. */
export interface ConfigFile {
  readonly scripts?: Readonly<Record<string, WrittenScript>> | null;
  readonly numbers?: readonly WrittenNumber[] | null;
  readonly keys?: Readonly<Record<string, string | number>> | null;
  readonly contacts?: Readonly<Record<string, Omit<NewContact, "phone">>> | null;
  readonly webhooks?: readonly string[] | null;
}

export interface WrittenScript {
  readonly about?: string;
  readonly extends?: string;
  readonly called?: readonly WrittenStep[];
  readonly calling?: readonly WrittenStep[];
  readonly answered?: readonly WrittenStep[];
  readonly permission?: { readonly after?: string; readonly reply?: PermissionReply["reply"] };
}

export interface WrittenStep {
  readonly after?: string;
  readonly do: PersonAction["do"];
  readonly code?: string | number;
  readonly pattern?: string;
  readonly digits?: string;
}

/** Phones without quotes are numbers to YAML. */
export interface WrittenNumber extends Omit<NewNumber, "number" | "allowList"> {
  readonly number: string | number;
  readonly allowList?: readonly (string | number)[];
}
