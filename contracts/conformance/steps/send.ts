import { isMap } from "../../../mock/config/path.ts";
import type { Exchange } from "../../exchange/exchange.ts";
import { judgeResponse } from "../../exchange/judge.ts";
import type { ExpectedAnswer, Race, Send } from "../case.ts";
import type { Mismatch } from "../matchers.ts";
import { bodyOf, type Play } from "../play.ts";
import { StepFailed } from "../result.ts";
import { skipWhatIsUsedUp } from "./used-up.ts";

type Request = Omit<Send, "expect" | "capture">;

/** Makes a request and holds the answer against the case, and against the document. */
export async function send(play: Play, step: Send): Promise<void> {
  const exchange = await request(play, step);
  await expectAnswer(play, exchange, step.expect);
  if (step.capture !== undefined) play.capture(step.capture, bodyOf(exchange.response));
}

/** Makes requests at once: so many win, and all others are refused as the case says. */
export async function race(play: Play, { race: requests, winners, loser }: Race): Promise<void> {
  const exchanges = await Promise.all(requests.map((each) => request(play, each)));
  const won = exchanges.filter(({ response }) => response.status < 300);
  const [least, most] = typeof winners === "number" ? [winners, winners] : winners;
  if (won.length < least) for (const exchange of exchanges) skipWhatIsUsedUp(play, exchange, undefined);
  if (won.length < least || won.length > most) {
    const statuses = exchanges.map(({ response }) => response.status).join(", ");
    const wanted = least === most ? `${least}` : `${least} to ${most}`;
    throw new StepFailed(`${wanted} of ${exchanges.length} requests should win, but the answers were ${statuses}.`);
  }
  for (const exchange of exchanges) if (!won.includes(exchange)) await expectAnswer(play, exchange, loser);
}

/** Sends the request of a step, with the SDP that the provider needs. */
export async function request(play: Play, step: Request): Promise<Exchange> {
  const { key, headers, media, body, text, bytes } = play.fill(step);
  const [method = "", ...target] = play.fill(step.send).split(" ");
  const json = withMedia(play, media, body);
  return play.request(method, target.join(" "), {
    ...(key === undefined ? {} : { key }),
    ...(headers === undefined ? {} : { headers }),
    body: padded(text ?? (json === undefined ? null : JSON.stringify(json)), bytes),
  });
}

function withMedia(play: Play, media: Send["media"], body: Send["body"]): unknown {
  if (media === undefined || play.case.provider !== "META") return body;
  return { sdp: play.names.get(media), sdpType: media, ...(isMap(body) ? body : {}) };
}

function padded(body: string | null, bytes: number | undefined): string | null {
  if (bytes === undefined) return body;
  const missing = bytes - Buffer.byteLength(body ?? "");
  if (missing < 0) throw new StepFailed(`The body is ${-missing} bytes longer than the case says.`);
  return `${body ?? ""}${" ".repeat(missing)}`;
}

/** Throws what is wrong with an answer. */
export async function expectAnswer(play: Play, exchange: Exchange, expected: ExpectedAnswer): Promise<void> {
  skipWhatIsUsedUp(play, exchange, expected.code);
  const { request, response } = exchange;
  const body = bodyOf(response);
  const told = `${request.method} ${request.target.split("?")[0]} was answered ${response.status}${codeText(body)}`;
  if (response.status !== expected.status) throw new StepFailed(`${told} in place of ${expected.status}.`);
  const mismatches = [
    ...(expected.code === undefined ? [] : await play.compare({ code: expected.code }, body)),
    ...(expected.body === undefined ? [] : await play.compare(expected.body, body)),
    ...inHeaders(await play.compare({ ...expected.headers }, response.headers)),
    ...behaviourOf(play, expected, response.headers),
  ];
  if (mismatches.length > 0) throw new StepFailed(`${told}, but not as expected.`, mismatches);
  const departures = await judgeResponse(request, response);
  if (departures.length === 0) return;
  throw new StepFailed(
    `${told}, which departs from the OpenAPI document.`,
    departures.map(({ path, message }) => ({ path, expected: message, actual: shownAt(body, path) })),
  );
}

function inHeaders(mismatches: readonly Mismatch[]): readonly Mismatch[] {
  return mismatches.map((each) => ({ ...each, path: `headers.${each.path}` }));
}

/** Only a sandbox says which entry of the ledger is behind a refusal. */
function behaviourOf(
  { stage }: Play,
  { behaviour }: ExpectedAnswer,
  headers: Readonly<Record<string, string>>,
): readonly Mismatch[] {
  const actual = headers["x-sandbox-behaviour"] ?? "nothing";
  if (behaviour === undefined || stage.world === null || actual === behaviour) return [];
  return [{ path: "headers.x-sandbox-behaviour", expected: behaviour, actual }];
}

function codeText(body: unknown): string {
  return isMap(body) && typeof body["code"] === "string" ? ` ${body["code"]}` : "";
}

function shownAt(body: unknown, path: string): string {
  const text = JSON.stringify(path === "" ? body : `see ${path} in the body`) ?? "nothing";
  return text.length <= 200 ? text : `${text.slice(0, 197)}…`;
}
