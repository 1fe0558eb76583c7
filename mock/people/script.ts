import type { PersonAction } from "../domain/commands.ts";

/** One thing a person does, so many milliseconds after the step before it (or after the phase began). */
export interface ScriptStep {
  readonly afterMs: number;
  readonly action: PersonAction;
}

/** What a person does when they are asked to allow calls. */
export interface PermissionReply {
  readonly afterMs: number;
  readonly reply: "accept" | "accept-always" | "reject" | "ignore";
}

/** How a WhatsApp user behaves: three lists of steps, of which the one for the present phase runs. */
export interface Script {
  readonly name: string;
  /** One sentence for the start screen and the docs. */
  readonly about: string;
  /** From the moment the business places the call until somebody answers or it ends. */
  readonly called: readonly ScriptStep[];
  /** While the person's own call rings at the business. */
  readonly calling: readonly ScriptStep[];
  /** From the answer on, whoever called. */
  readonly answered: readonly ScriptStep[];
  readonly permission: PermissionReply;
}

/** Every script of a world, by name. */
export type ScriptBook = ReadonlyMap<string, Script>;
