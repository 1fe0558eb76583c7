import { isMap } from "../../config/path.ts";
import { hasFields } from "../fields.ts";
import { fail, type Played, pass, skipped } from "../options.ts";
import type { LoggedRequest, Run } from "../run.ts";
import type { ExpectRequest } from "../scenario.ts";
import { codeOf, codeText } from "./request.ts";
import { reason } from "./set-up.ts";

/** Judges by the request log whether the client did what it should, or left alone what it should not do. */
export function expectRequest(run: Run, step: ExpectRequest): Promise<Played> {
  return step.never === true || step.atMost !== undefined ? expectAtMost(run, step) : expectSome(run, step);
}

async function expectSome(run: Run, step: ExpectRequest): Promise<Played> {
  let seen: readonly LoggedRequest[] = [];
  const found = await run.until(run.hasClient ? run.patience(step.within) : 0, async () => {
    const requests = await run.clientRequests();
    seen = requests.filter(({ operationId }) => operationId === step.operation);
    const before = requests.findLastIndex(({ operationId }) => operationId === step.after);
    return requests.find((request, index) => fits(run, step, request) && index > before) ?? null;
  });
  if (found === null && !run.hasClient) return skipped(`no client to ${wish(step)}`);
  if (found === null) return fail(`the client was to ${wish(step)}, but ${told(seen)}`);
  follow(run, found);
  return pass(`the client made ${line(found)}`);
}

async function expectAtMost(run: Run, step: ExpectRequest): Promise<Played> {
  const most = step.atMost ?? 0;
  await run.answered();
  const over = await run.until(run.hasClient ? run.settling(step.within) : 0, async () => {
    const found = (await run.clientRequests()).filter((request) => fits(run, step, request));
    return found.length > most ? found : null;
  });
  if (most === 0) {
    return over === null
      ? pass(`the client did not ${wish(step)}`)
      : fail(`the client was not to ${wish(step)}, but ${told(over)}`);
  }
  const limit = most === 1 ? "at most once" : `at most ${most} times`;
  return over === null
    ? pass(`the client was to ${wish(step)}, ${limit}, and did`)
    : fail(`the client was to ${wish(step)}, ${limit}, but ${told(over)}`);
}

function fits(run: Run, step: ExpectRequest, request: LoggedRequest): boolean {
  const { operation, status, code, sdp } = step;
  const { operationId, requestBody, responseBody } = request;
  if (operationId !== operation || (status !== undefined && request.status !== status)) return false;
  if (code !== undefined && codeOf(responseBody) !== code) return false;
  const text = isMap(requestBody) ? String(requestBody["sdp"] ?? "") : "";
  if (sdp?.has !== undefined && !text.includes(sdp.has)) return false;
  if (sdp?.lacks !== undefined && text.includes(sdp.lacks)) return false;
  return hasFields(requestBody, run.fill(step.body));
}

/** From here on the steps are about the call that the client has placed, or the first that it asked for. */
function follow(run: Run, { operationId, callId, responseBody }: LoggedRequest): void {
  if (callId === null || (run.callId !== null && operationId !== "startCall")) return;
  const external = isMap(responseBody) ? responseBody["externalCallId"] : null;
  run.follow(callId, typeof external === "string" ? external : null);
}

function wish({ operation, status, code, sdp, after }: ExpectRequest): string {
  return [
    `make ${operation}`,
    ...(status === undefined ? [] : [`answered ${status}`]),
    ...(code === undefined ? [] : [`answered ${code}`]),
    ...(sdp?.has === undefined ? [] : [`with ${sdp.has} in its SDP`]),
    ...(sdp?.lacks === undefined ? [] : [`without ${sdp.lacks} in its SDP`]),
    ...(after === undefined ? [] : [`after ${after} was answered`]),
  ].join(", ");
}

function told(seen: readonly LoggedRequest[]): string {
  if (seen.length === 0) return "there was none";
  const last = seen.at(-1);
  const times = seen.length === 1 ? "there was" : `there were ${seen.length}, the last`;
  return last === undefined ? times : `${times} ${line(last)}`;
}

function line({ method, path, status, responseBody }: LoggedRequest): string {
  const said = `${method} ${path} → ${status ?? "no answer"}${codeText(responseBody)}`;
  return codeOf(responseBody) === null ? said : `${said} (${reason(responseBody)})`;
}
