import { parseWait } from "../../../mock/domain/wait.ts";
import { dominantHz, synth, toWav } from "../../../mock/media/index.ts";
import type { SocketStep } from "../case.ts";
import { eventually } from "../eventually.ts";
import type { Mismatch } from "../matchers.ts";
import { isApiPath } from "../needs.ts";
import { jsonOf, type Play } from "../play.ts";
import { StepFailed } from "../result.ts";
import { type CaseSocket, openSocket } from "./case-socket.ts";

/** Everything here is 16 kHz mono, two bytes a sample (realtime-media §2.1). */
const sampleRate = 16_000;

/** How far a tone may be off, in Hz. */
const tolerance = 10;

/** Does with the socket of this name what the step says, in the order in which the parts stand here. */
export async function socket(play: Play, step: SocketStep): Promise<void> {
  if (step.open !== undefined) await open(play, step);
  if (step.refused !== undefined) return;
  const current = play.sockets.get(step.socket);
  if (current === undefined) throw new StepFailed(`No socket ${step.socket} was opened before.`);
  if (step.agreed !== undefined) expectAgreed(current, step.agreed);
  if (step.say !== undefined) await say(play, current, step.say);
  if (step.hear !== undefined) await hear(current, step.hear);
  if (step.close === true) await current.close();
  if (step.closed !== undefined) await expectClosed(current, step.closed);
}

async function open(play: Play, step: SocketStep): Promise<void> {
  const { socket: name, origin, refused, answer } = step;
  const opened = await openSocket(addressOf(play, step), origin).catch((error: unknown) => {
    throw new StepFailed(`The socket got no answer: ${error instanceof Error ? error.message : String(error)}.`);
  });
  if ("socket" in opened) play.sockets.set(name, opened.socket);
  if ("socket" in opened && refused !== undefined) {
    throw new StepFailed(`The upgrade should be refused with ${refused}, but the socket opened.`);
  }
  if ("refused" in opened && opened.refused !== refused) {
    throw new StepFailed(`The upgrade was refused with ${opened.refused}: ${opened.body.slice(0, 200)}`);
  }
  if ("refused" in opened && answer !== undefined) {
    const mismatches = await play.compare(answer, jsonOf(opened.body));
    if (mismatches.length > 0) throw new StepFailed("The upgrade was refused, but not as expected.", mismatches);
  }
}

/** A path is one of the API, at the address of the API. */
function addressOf(play: Play, { open = "", at = open }: SocketStep): URL {
  const base = isApiPath(open) ? play.stage.url?.replace(/^http/, "ws") : play.fill(open);
  return new URL(play.fill(at), base);
}

async function say(play: Play, to: CaseSocket, sound: NonNullable<SocketStep["say"]>): Promise<void> {
  const { hz, for: wait = "60ms", wavHeader, bytes, text } = sound;
  const send = (data: Uint8Array | string) =>
    to.send(data).catch((error: unknown) => {
      throw new StepFailed(`The socket takes nothing: ${error instanceof Error ? error.message : String(error)}.`);
    });
  if (text !== undefined) await send(play.fill(text));
  if (bytes !== undefined) await send(new Uint8Array(bytes));
  if (hz !== undefined) {
    const ms = parseWait(wait) ?? 0;
    const pcm = synth(`${hz}/${ms}`, { ms, sampleRate });
    const raw = new Uint8Array(pcm.buffer, pcm.byteOffset, pcm.byteLength);
    await send(wavHeader === undefined ? raw : toWav([pcm], wavHeader));
  }
  if (!(await to.taken())) throw new StepFailed("The service does not answer pings.");
}

async function hear(from: CaseSocket, wanted: NonNullable<SocketStep["hear"]>): Promise<void> {
  const { frames: count, frameBytes, hz, others } = wanted;
  const fresh = async () => from.frames.slice(from.heard);
  await eventually(fresh, (list) => list.length >= count, null);
  // What was sent before the answer to a ping has arrived with it: a frame too many shows.
  await from.taken();
  const heard = await fresh();
  from.heard += heard.length;
  const sizes = [...new Set(heard.map(({ length }) => length))];
  const mismatches: Mismatch[] = [
    ...differs("frames", count, heard.length),
    ...(frameBytes === undefined || count === 0 ? [] : differs("frameBytes", String(frameBytes), sizes.join(", "))),
    ...(hz === undefined ? [] : toneMismatch(hz, heard)),
    ...(others === undefined ? [] : differs("others", others, from.others)),
  ];
  if (mismatches.length > 0) throw new StepFailed("What was heard is not as expected.", mismatches);
}

function toneMismatch(wanted: number, frames: readonly Buffer[]): readonly Mismatch[] {
  const bytes = Buffer.concat(frames);
  const pcm = Int16Array.from({ length: bytes.length >> 1 }, (_, index) => bytes.readInt16LE(2 * index));
  const hz = dominantHz(pcm, sampleRate) ?? 0;
  return Math.abs(hz - wanted) <= (wanted === 0 ? 0 : tolerance) ? [] : differs("hz", wanted, hz);
}

function expectAgreed({ agreed }: CaseSocket, { extensions, protocol }: NonNullable<SocketStep["agreed"]>): void {
  const mismatches = [
    ...differs("extensions", extensions, agreed.extensions),
    ...differs("protocol", protocol, agreed.protocol),
  ];
  if (mismatches.length > 0) throw new StepFailed("The upgrade agreed on something else.", mismatches);
}

async function expectClosed(of: CaseSocket, { code, reason }: NonNullable<SocketStep["closed"]>): Promise<void> {
  const closed = await eventually(
    async () => of.closed,
    (seen) => seen !== null,
    null,
  );
  if (closed === null) throw new StepFailed(`The socket should be closed with ${code}, but is open.`);
  const mismatches = [
    ...differs("code", code, closed.code),
    ...(reason === undefined ? [] : differs("reason", reason, closed.reason)),
  ];
  if (mismatches.length > 0) throw new StepFailed("The socket was closed another way.", mismatches);
}

function differs(path: string, expected: string | number, actual: string | number): readonly Mismatch[] {
  return expected === actual ? [] : [{ path, expected: String(expected), actual: String(actual) }];
}
