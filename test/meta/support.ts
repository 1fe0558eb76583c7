import { type Answer, callable, offer, type TestSandbox } from "../support/sandbox.ts";

/** The META number of every world, and the one whose messaging limit is too low for calling. */
export const metaNumber = "+551140000001";
export const lowTierNumber = "+551140000005";
export const evoNumber = "+551140000002";

/** Somebody nobody knows anything of, and a second one. */
export const stranger = "+5511988880001";
export const otherStranger = "+5511988880002";

/** The business calls a person from the META number. */
export function call(sandbox: TestSandbox, to: string = callable, more: Record<string, unknown> = {}): Promise<Answer> {
  return sandbox.api("meta", "POST", "/calls", { to, sdp: offer, ...more });
}

/** What the business reads of a call. */
export async function read(sandbox: TestSandbox, id: string) {
  return (await sandbox.api("meta", "GET", `/calls/${id}?includeSdp=1`)).body;
}

/** What the business may do with a person. */
export function probe(sandbox: TestSandbox, to: string = callable): Promise<Answer> {
  return sandbox.api("meta", "GET", `/calls/permissions?to=${encodeURIComponent(to)}`);
}

/** The business asks a person to allow calls. */
export function ask(sandbox: TestSandbox, to: string = stranger): Promise<Answer> {
  return sandbox.api("meta", "POST", "/calls/permissions/request", { to });
}

/** A person calls the META number. */
export function ring(sandbox: TestSandbox, from: string = stranger, to: string = metaNumber) {
  return sandbox.control.createInboundCall({ to, from });
}

/** The person does something in a call, whatever their script says. */
export function act(
  sandbox: TestSandbox,
  callId: string,
  action: "ring" | "answer" | "reject" | "hang-up" | "fail",
  code?: string,
) {
  return sandbox.control.actAsPerson({ callId, action, ...(code === undefined ? {} : { code }) });
}

/** The business calls, the person answers, the business hangs up. */
export async function connectedCall(sandbox: TestSandbox, to: string = callable): Promise<string> {
  const { body } = await call(sandbox, to);
  await act(sandbox, body.id, "answer");
  await sandbox.api("meta", "POST", `/calls/${body.id}/terminate`);
  return body.id;
}

/** The business calls in vain. */
export async function unansweredCall(sandbox: TestSandbox, to: string = callable): Promise<string> {
  const { body } = await call(sandbox, to);
  await act(sandbox, body.id, "hang-up");
  return body.id;
}

/** Changes the META number, or another one: its account states, its limits. */
export async function change(
  sandbox: TestSandbox,
  wanted: Omit<Parameters<TestSandbox["control"]["updateNumber"]>[0] & object, "id">,
  number: string = metaNumber,
): Promise<void> {
  await sandbox.control.updateNumber({ id: number, ...wanted });
}

/** The calls of the META number, newest first. */
export async function calls(sandbox: TestSandbox) {
  return (await sandbox.api("meta", "GET", "/calls")).body.calls;
}

/** The timeline of a call, as pairs of kind and name. */
export async function timeline(sandbox: TestSandbox, callId: string): Promise<readonly string[]> {
  const { entries } = await sandbox.control.getTimeline({ callId });
  return entries.map(({ kind, name }) => `${kind} ${name}`);
}

/** The domain's id of the META number, for tests that dispatch commands by the thousand. */
export function metaNumberId(sandbox: TestSandbox): string {
  for (const { id, number } of sandbox.world.state.numbers.values()) if (`+${number}` === metaNumber) return id;
  throw new Error("the world has lost its META number");
}
