import { signer } from "../../webhooks/sign.ts";
import { bodyOf, hasFields, readPath, withValue } from "../fields.ts";
import { fail, type Played, pass, StepRefused, skipped } from "../options.ts";
import type { Delivery, Run } from "../run.ts";
import type { Resend } from "../scenario.ts";

/**
 * Sends the client a changed copy of an event, signed, under a new id: what the real service does when it repeats an
 * event with other content (meta-calling §10 row 15), and the sandbox by itself never does.
 */
export async function resend(run: Run, step: Resend): Promise<Played> {
  const { webhook } = run.options;
  if (webhook === undefined) return skipped(`no receiver to send ${step.event} to once more`);
  const original = (await run.deliveries()).findLast(
    ({ event, payload }) => event === step.event && hasFields(bodyOf(event, payload), run.fill(step.where)),
  );
  if (original === undefined) throw new StepRefused(`There was no ${step.event} that could be sent again.`);
  const text = changed(original, { ...step, ...run.fill({ change: step.change ?? {} }) });
  const id = `msg_${crypto.randomUUID().replaceAll("-", "")}`;
  const headers = await signer(run.target.secrets)({ id, event: step.event, payload: text, sentAt: new Date() });
  const what = `${step.event} came once more${about(step)}`;
  try {
    const response = await fetch(webhook, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: text,
      signal: AbortSignal.timeout(10_000),
    });
    await response.body?.cancel();
    return response.ok
      ? pass(`${what}, and was answered ${response.status}`)
      : fail(`${what}, and your receiver answered ${response.status}`);
  } catch (error) {
    return fail(`${what}, and your receiver did not answer: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function changed({ event, payload }: Delivery, { change = {}, remove = [], replace = {} }: Resend): string {
  const at = (path: string) => [...(bodyOf(event, payload) === payload ? [] : inside), ...readPath(path)];
  let body: unknown = payload;
  for (const [path, value] of Object.entries(change)) body = withValue(body, at(path), value);
  for (const path of remove) body = withValue(body, at(path), undefined);
  let text = JSON.stringify(body);
  for (const [from, to] of Object.entries(replace)) text = text.replaceAll(from, to);
  return text;
}

const inside = ["entry", 0, "changes", 0, "value"] as const;

function about({ change = {}, remove = [], replace = {} }: Resend): string {
  const said = [
    ...Object.entries(change).map(([path, value]) => `${path} ${String(value)}`),
    ...remove.map((path) => `without ${path}`),
    ...Object.entries(replace).map(([from, to]) => `${to} in place of ${from}`),
  ];
  return said.length === 0 ? "" : ` (${said.join(", ")})`;
}
