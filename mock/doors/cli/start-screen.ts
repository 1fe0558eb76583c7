import { behaviourIds } from "../../../spec/generated/behaviour-ids.ts";
import { apiOperations } from "../../../spec/generated/operations.ts";
import { magicScripts } from "../../domain/magic-numbers.ts";
import type { FaultBody } from "../../faults/rule.ts";
import { describeRule } from "../../faults/show-rule.ts";
import type { Sandbox } from "../../sandbox.ts";
import { version } from "../../version.ts";
import { keysOf } from "../../world/seed.ts";

/** What the start screen says beyond what the sandbox itself knows. */
export interface StartFacts {
  readonly apiUrl: string;
  readonly mediaUrl: string;
  /** Shown when the control API asks for one. */
  readonly controlToken: string | null;
  readonly strict: boolean;
  /** Addresses that hear of everything. */
  readonly webhooks: readonly string[];
  /** The fault rules that are armed. */
  readonly faults: readonly (Required<FaultBody> & { readonly id: string })[];
}

/** What the terminal shows at start: where it is, the keys, whom to dial, and a first call to paste. */
export function startScreen(
  sandbox: Sandbox,
  { apiUrl, mediaUrl, controlToken, strict, webhooks, faults }: StartFacts,
): string {
  const keys = keysOf("default");
  const modes = [
    sandbox.clock.mode === "virtual" ? "virtual clock" : "",
    sandbox.world.state.mode === "manual" ? "manual" : "",
    strict ? "strict" : "",
    faults.length === 0 ? "" : `${faults.length} fault ${faults.length === 1 ? "rule" : "rules"} armed`,
  ];
  const operations = Object.keys(apiOperations).length;
  return [
    `calls-sandbox ${version}: ${operations} operations, ${behaviourIds.length} behaviours, META and EVO_GO${modes
      .filter(Boolean)
      .map((mode) => `, ${mode}`)
      .join("")}`,
    "",
    ...table([
      ["API", `${apiUrl}/v1`],
      ["Control", `${apiUrl}/_sandbox${controlToken === null ? "" : `   (Authorization: Bearer ${controlToken})`}`],
      ["Media", mediaUrl],
      ["Softphone", `${apiUrl}/examples/softphone   (META calls in a browser)`],
      ...faults.map((fault) => [fault.id, describeRule(fault)] as const),
    ]),
    "",
    "Keys, for the header x-api-key:",
    ...table([
      [keys.meta, "META +55 11 4000-0001, calling enabled"],
      [keys.evo, "EVO_GO +55 11 4000-0002, connected"],
      [keys.evoOffline, "EVO_GO, not connected: 409"],
      [keys.metaLowTier, "META, messaging limit 250, calling disabled"],
      [keys.other, "another provider: 400"],
      [keys.tenant, "tenant-scoped: 403"],
      [keys.unbound, "bound to no number: 400"],
    ]),
    "",
    "Webhooks, from POST /v1/webhooks or --webhook URL, are signed with:",
    ...table([
      [sandbox.secrets.webhookSecret, "Standard Webhooks: webhook-id, webhook-timestamp, webhook-signature"],
      [sandbox.secrets.appSecret, "Meta's own calls and messages: X-Hub-Signature-256"],
      ...webhooks.map((url) => [url, "hears of every event on every number"] as const),
    ]),
    "",
    "Any phone number can be called and answers after 1 s. These behave otherwise:",
    ...table([
      ["+5511999999999", "META: the only one who allows calls from the start; others want to be asked"],
      ...Object.entries(magicScripts).map(
        ([phone, script]) => [`+${phone}`, sandbox.scripts.get(script)?.about ?? script] as const,
      ),
      ["+5511900138006", "META: refused with that code (00 and any of Meta's six-digit codes)"],
    ]),
    "",
    "A first call, and what became of it:",
    `  curl -X POST ${apiUrl}/v1/calls -H "x-api-key: ${keys.evo}" -H "Content-Type: application/json" -d '{"to":"+5511900000001"}'`,
    `  curl ${apiUrl}/v1/calls -H "x-api-key: ${keys.evo}"`,
  ].join("\n");
}

function table(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}   ${right}`);
}
