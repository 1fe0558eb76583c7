import { isMap, valueAt } from "../../config/path.ts";
import { readPath } from "../fields.ts";
import { done, fail, type Played, StepRefused } from "../options.ts";
import type { Run } from "../run.ts";
import type { ApiRequest } from "../scenario.ts";
import { reason } from "./set-up.ts";

/** Makes a request of the scenario's own and compares the answer with what the scenario says. */
export async function makeRequest(
  run: Run,
  { method, path, key, body, status, code, capture }: ApiRequest,
): Promise<Played> {
  const target = `/v1${run.fill(path)}`;
  const answer = await run.request(method, target, {
    ...(key === undefined ? {} : { key }),
    ...(body === undefined ? {} : { body: run.fill(body) }),
  });
  const answered = `${method} ${target} was answered ${answer.status}${codeText(answer.body)}`;
  if (status !== undefined && answer.status !== status) {
    return fail(`${answered} in place of ${status}: ${reason(answer.body)}`);
  }
  if (code !== undefined && codeOf(answer.body) !== code) return fail(`${answered} in place of ${code}`);
  for (const [name, from] of Object.entries(capture ?? {})) {
    const value = valueAt(answer.body, readPath(from));
    if (typeof value !== "string" && typeof value !== "number") {
      throw new StepRefused(`${answered}, and its body has no text or number at ${from}.`);
    }
    run.names.set(name, String(value));
  }
  return done(answered);
}

/** The code of a refusal, or null. */
export function codeOf(body: unknown): string | null {
  return isMap(body) && typeof body["code"] === "string" ? body["code"] : null;
}

export function codeText(body: unknown): string {
  const code = codeOf(body);
  return code === null ? "" : ` ${code}`;
}
