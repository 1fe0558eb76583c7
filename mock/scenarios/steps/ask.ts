import { apiOperations } from "../../../spec/generated/operations.ts";
import { valueAt } from "../../config/path.ts";
import { done, type Played } from "../options.ts";
import type { Run } from "../run.ts";
import { sampleAnswer, sampleOffer } from "../sample-sdp.ts";
import type { Ask } from "../scenario.ts";
import { codeText } from "./request.ts";

/** Has the client do something; where there is no client, does what a correct one would do. */
export async function ask(run: Run, wish: Ask): Promise<Played> {
  if (!run.hasClient) return standIn(run, wish);
  run.ask({ ...wish, world: run.world, keys: run.keys, callId: run.callId });
  return done(`in your client: ${wish.text}`);
}

async function standIn(run: Run, wish: Ask): Promise<Played> {
  if (wish.do.endsWith("Call") && wish.do !== "startCall" && (await isOver(run))) {
    return done(`${wish.text} A correct client makes no request now: the call is over.`);
  }
  // Permission is asked for where it is kept, and not remembered (meta-calling §10 row 13).
  if (wish.do === "startCall") await make(run, "getCallPermission", wish);
  const answered = await make(run, wish.do, wish);
  return done(`in place of a client: ${answered}`);
}

async function isOver(run: Run): Promise<boolean> {
  const { body } = await run.request("GET", `/v1/calls/${run.callId ?? ""}`);
  return typeof valueAt(body, ["endedAt"]) === "string";
}

async function make(run: Run, operation: Ask["do"], { to = "" }: Ask): Promise<string> {
  const { method, path } = apiOperations[operation];
  const query = method === "GET" && to !== "" ? `?to=${encodeURIComponent(to)}` : "";
  const target = `${path.replace("{callId}", run.callId ?? "latest")}${query}`;
  const body = bodies[operation]?.(to);
  const answer = await run.request(method, target, { own: false, ...(body === undefined ? {} : { body }) });
  return `${method} ${target} was answered ${answer.status}${codeText(answer.body)}`;
}

const bodies: Partial<Record<Ask["do"], (to: string) => object>> = {
  startCall: (to) => ({ to, sdp: sampleOffer }),
  preAcceptCall: () => ({ sdp: sampleAnswer }),
  acceptCall: () => ({ sdp: sampleAnswer }),
  requestCallPermission: (to) => ({ to }),
  updateCallingSettings: () => ({ status: "ENABLED" }),
};
