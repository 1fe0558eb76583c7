import type { Control } from "../../../mock/control/control.ts";
import { sampleAnswer, sampleOffer } from "../../../mock/scenarios/sample-sdp.ts";
import type { WebhookSecrets } from "../../../mock/webhooks/sign.ts";
import type { SendRequest } from "../../http/send.ts";
import type { Case, KeyName } from "../case.ts";
import { needsOf } from "../needs.ts";
import type { Receiver } from "../receiver.ts";
import type { Stage, Target } from "./target.ts";

export interface SandboxTarget {
  readonly send: SendRequest;
  /** The address of the API, where it has one. */
  readonly url?: string;
  readonly control: Control;
  readonly receiver: Receiver | null;
  readonly secrets: WebhookSecrets | null;
}

/** The instant at which the clock of every case stands at first: a Thursday. */
const beginning = "2026-01-01T00:00:00.000Z";

/** How long a world's seed may be; a case with a long title has a longer id. */
const longestSeed = 128;

const person = "5511988887777";
const businesses = { META: "551140000001", EVO_GO: "551140000002" } as const;

/** A sandbox, in this process or behind an address. Every case gets a world of its own, on a virtual clock. */
export function sandboxTarget(sandbox: SandboxTarget): Target {
  return {
    kind: "sandbox",
    lacks: (of) => (needsOf(of).address && sandbox.url === undefined ? "needs the API behind an address" : null),
    enter: (of) => enter(sandbox, of),
  };
}

async function enter({ send, url, control, receiver, secrets }: SandboxTarget, of: Case): Promise<Stage> {
  const { mode = "manual", strict = false } = of.world;
  // The seed is the case's own: what it gets to see is the same in every run, whatever runs beside it.
  const seed = of.id.slice(-longestSeed);
  const { id, keys } = await control.createWorld({ mode, strict, clock: "virtual", now: beginning, seed });
  const inbox = receiver?.open() ?? null;
  const business = businesses[of.provider];
  return {
    send,
    url: url ?? null,
    keys,
    names: new Map([
      ...namesOf(person, business),
      ...namesOfKeys({ ...keys }),
      ...(inbox === null
        ? []
        : ([
            ["receiver", inbox.url],
            ["receiverAddress", inbox.url.replace("http://", "")],
          ] as const)),
    ]),
    world: { id, control },
    inbox,
    secrets,
    leave: async () => {
      inbox?.close();
      await control.deleteWorld({ w: id });
      return [];
    },
  };
}

/** Keys as steps name them: `{metaKey}`, and `{metaKeyId}` for the part after `ps_` (AUTH-003). */
export function namesOfKeys(keys: Readonly<Partial<Record<KeyName, string>>>): readonly (readonly [string, string])[] {
  return Object.entries(keys).flatMap(([name, key]) => [
    [`${name}Key`, key],
    [`${name}KeyId`, key.replace(/^ps_/, "")],
  ]);
}

/** What every case may use: who is called, who calls, and an SDP for each occasion. */
export function namesOf(personDigits: string, businessDigits: string | null): readonly (readonly [string, string])[] {
  return [
    ["person", `+${personDigits}`],
    ["personDigits", personDigits],
    ["offer", sampleOffer],
    ["answer", sampleAnswer],
    ...(businessDigits === null
      ? []
      : ([
          ["business", `+${businessDigits}`],
          ["businessDigits", businessDigits],
        ] as const)),
  ];
}
