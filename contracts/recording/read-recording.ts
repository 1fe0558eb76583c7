import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { entriesOf, isMap, itemsOf } from "../../mock/config/path.ts";
import type { Departure, ReceivedResponse, SentRequest } from "../exchange/exchange.ts";
import { jsonOf } from "../exchange/json-of.ts";
import {
  type RecordedExchange,
  type Recording,
  RecordingError,
  recordingFormat,
  recordingVersion,
} from "./recording.ts";

/** Whether a file belongs to a recording, by its name. */
export function isRecordingFile(name: string): boolean {
  return /^\d{6,}-\w+\.json$/.test(name);
}

/**
 * Reads a recording that `calls-sandbox proxy --record` has written.
 *
 * @param directory the folder of the recording
 * @throws RecordingError when there is none, or a file of it is not of the format, by the file's name
 * @example for (const { request } of (await readRecording("recording")).exchanges) console.log(request.target);
 */
export async function readRecording(directory: string): Promise<Recording> {
  const names = await readdir(directory).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new RecordingError(`Can't read the recording: ${reason}. Name the folder that was given to --record.`);
  });
  const files = names.filter(isRecordingFile).map((name) => join(directory, name));
  if (files.length === 0)
    throw new RecordingError(`${directory} holds no recording. Make one with calls-sandbox proxy --target … --record.`);
  const exchanges = await Promise.all(files.map(readOne));
  return { exchanges: exchanges.sort((a, b) => a.number - b.number) };
}

async function readOne(file: string): Promise<RecordedExchange> {
  const json = jsonOf(await readFile(file, "utf8"));
  if (!isMap(json) || json["format"] !== recordingFormat) throw notOne(file, `its format is not ${recordingFormat}`);
  if (json["version"] !== recordingVersion)
    throw new RecordingError(
      `${file} has version ${JSON.stringify(json["version"])} of the format, and this calls-sandbox reads ${recordingVersion}. Record it anew, or use the calls-sandbox that wrote it.`,
    );
  const request = requestOf(json["request"]);
  const response = responseOf(json["response"]);
  const { number, operation } = json;
  if (request === null || response === null || typeof number !== "number")
    throw notOne(file, "its request, its response or its number is missing");
  return {
    number,
    operation: typeof operation === "string" ? operation : null,
    request,
    response,
    departures: itemsOf(json["departures"]).flatMap(departureOf),
  };
}

function requestOf(value: unknown): SentRequest | null {
  if (!isMap(value)) return null;
  const { method, target, headers, body } = value;
  if (typeof method !== "string" || typeof target !== "string") return null;
  return { method, target, headers: textsOf(headers), body: typeof body === "string" ? body : null };
}

function responseOf(value: unknown): ReceivedResponse | null {
  if (!isMap(value)) return null;
  const { status, headers, body } = value;
  if (typeof status !== "number") return null;
  return { status, headers: textsOf(headers), body: typeof body === "string" ? body : null };
}

function departureOf(value: unknown): Departure[] {
  if (!isMap(value)) return [];
  const where = value["in"] === "request" ? "request" : "response";
  return [{ in: where, path: String(value["path"] ?? ""), message: String(value["message"] ?? "") }];
}

function textsOf(value: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(entriesOf(value).map(([name, text]) => [name, String(text)]));
}

function notOne(file: string, why: string): RecordingError {
  return new RecordingError(`${file} is no recorded exchange: ${why}. Remove it, or record anew.`);
}
