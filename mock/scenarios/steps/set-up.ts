import { isMap } from "../../config/path.ts";
import { parseWait } from "../../domain/wait.ts";
import { done, type Played, StepRefused } from "../options.ts";
import { pause, type Run } from "../run.ts";
import { sampleOffer } from "../sample-sdp.ts";
import type { Contact, InboundCall, NumberChange, Person, StepBodies } from "../scenario.ts";

/** The business numbers that every world has, by the key that opens them. */
const metaNumber = "+551140000001";

export async function putContact(run: Run, contact: Contact): Promise<Played> {
  await run.target.control.putContact({ w: run.world, ...contact });
  const { phone, ...known } = contact;
  return done(`${phone} is now ${listed(known)}`);
}

export async function changeNumber(run: Run, { number, ...change }: NumberChange): Promise<Played> {
  await run.target.control.updateNumber({ w: run.world, id: number, ...change });
  return done(`the number ${number} is now ${listed(change)}`);
}

export async function addFault(run: Run, fault: StepBodies["fault"]): Promise<Played> {
  const { id, target, effect } = await run.target.control.addFault({ w: run.world, ...run.fill(fault) });
  return done(
    `from now on ${id} brings ${effect.type} to ${target.operation ?? target.event ?? target.media ?? "requests"}`,
  );
}

export async function clearFaults(run: Run): Promise<Played> {
  await run.target.control.deleteFaults({ w: run.world });
  return done("nothing fails on purpose any more");
}

export async function inboundCall(run: Run, { to = metaNumber, ...call }: InboundCall): Promise<Played> {
  const { id, externalCallId } = await run.target.control.createInboundCall({ w: run.world, to, ...call });
  run.follow(id, externalCallId);
  return done(`${call.from} calls ${to}: ${id}`);
}

export async function startCall(run: Run, { key = "meta", ...body }: StepBodies["startCall"]): Promise<Played> {
  const sdp = key === "meta" ? { sdp: sampleOffer } : {};
  const { status, body: answer } = await run.request("POST", "/v1/calls", { key, body: { ...body, ...sdp } });
  if (status !== 201 || !isMap(answer)) throw new StepRefused(`The call to ${body.to} was refused: ${reason(answer)}`);
  const { id, externalCallId } = answer;
  run.follow(String(id), typeof externalCallId === "string" ? externalCallId : null);
  return done(`the scenario calls ${body.to}: ${String(id)}`);
}

export async function actAsPerson(run: Run, person: Person): Promise<Played> {
  await run.target.control.actAsPerson({ w: run.world, callId: run.callId ?? "latest", ...person });
  const { action, ...how } = person;
  return done(`the person does: ${action}${Object.keys(how).length === 0 ? "" : ` (${listed(how)})`}`);
}

export async function permissionReply(run: Run, reply: StepBodies["permissionReply"]): Promise<Played> {
  await run.target.control.replyToPermissionRequest({ w: run.world, ...reply });
  const { phone, response, permanent = false } = reply;
  return done(`${phone} says ${response === "accept" ? "yes" : "no"}${permanent ? ", for good" : ""}`);
}

export async function advance(run: Run, duration: string): Promise<Played> {
  const milliseconds = parseWait(duration) ?? 0;
  if (run.clock === "real") await pause(milliseconds);
  else await run.target.control.advanceClock({ w: run.world, by: `PT${milliseconds / 1_000}S` });
  return done(`${duration} pass`);
}

export async function wait(duration: string): Promise<Played> {
  await pause(parseWait(duration) ?? 0);
  return done(`${duration} of real time pass`);
}

/** What an answer of the API says went wrong. */
export function reason(body: unknown): string {
  return isMap(body) && typeof body["error"] === "string" ? body["error"] : JSON.stringify(body);
}

function listed(values: object): string {
  return Object.entries(values)
    .map(([name, value]) => `${name} ${typeof value === "object" ? JSON.stringify(value) : String(value)}`)
    .join(", ");
}
