import type { Control } from "../../../mock/control/control.ts";
import type { WebhookSecrets } from "../../../mock/webhooks/sign.ts";
import type { SendRequest } from "../../http/send.ts";
import type { Case, KeyName } from "../case.ts";
import type { Inbox } from "../receiver.ts";

/** A service that cases are played against. */
export interface Target {
  readonly kind: "sandbox" | "live";
  /** Why a case can't be played here, or null. */
  readonly lacks: (of: Case) => string | null;
  /** Prepares the place in which a case is played. */
  readonly enter: (of: Case) => Promise<Stage>;
}

/** The place in which one case is played: a world of its own in a sandbox, the account on a live service. */
export interface Stage {
  readonly send: SendRequest;
  /** The address of the API; null where it answers in this process only. */
  readonly url: string | null;
  readonly keys: Readonly<Partial<Record<KeyName, string>>>;
  /** What steps can use as `{name}` from the beginning. */
  readonly names: ReadonlyMap<string, string>;
  /** People, time and numbers of the case's world; null on a live service. */
  readonly world: { readonly id: string; readonly control: Control } | null;
  /** Where webhooks arrive; null where none can. */
  readonly inbox: Inbox | null;
  /** What webhooks are signed with, where that is known. */
  readonly secrets: WebhookSecrets | null;
  /** Leaves nothing behind; returns what could not be taken back. */
  readonly leave: () => Promise<readonly string[]>;
}
