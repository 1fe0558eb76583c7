import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isRecordingFile } from "./read-recording.ts";
import { type RecordedExchange, RecordingError, recordingFormat, recordingVersion } from "./recording.ts";

/**
 * Fields that say when, through which connection and in which bytes an exchange passed: the body is recorded decoded, and
 * the same conversation gives the same files.
 */
const passing: ReadonlySet<string> = new Set([
  "date",
  "age",
  "host",
  "via",
  "expect",
  "accept-encoding",
  "content-encoding",
  "content-length",
  "transfer-encoding",
]);

/** A folder that a recording is written into. */
export interface RecordingFolder {
  /** How many exchanges were written. */
  readonly count: () => number;
  /** @throws RecordingError when the exchange can't be written */
  readonly add: (exchange: RecordedExchange) => Promise<void>;
}

/**
 * Opens a folder for a new recording.
 *
 * @throws RecordingError when it can't be made or written, or holds a recording already
 */
export async function newRecording(directory: string): Promise<RecordingFolder> {
  let count = 0;
  try {
    await mkdir(directory, { recursive: true });
    if ((await readdir(directory)).some(isRecordingFile))
      throw new RecordingError(
        `${directory} holds a recording already, and a second one would mix up its people. Name a folder that is new or empty.`,
      );
    // A folder that can be read is not yet one that can be written.
    const probe = join(directory, ".calls-sandbox");
    await writeFile(probe, "");
    await rm(probe);
  } catch (error) {
    throw error instanceof RecordingError ? error : notWritable(directory, error);
  }
  return {
    count: () => count,
    add: async (exchange) => {
      const name = `${String(exchange.number).padStart(6, "0")}-${exchange.operation ?? "unknown"}.json`;
      const file = join(directory, name);
      try {
        await writeFile(file, fileText(exchange), { mode: 0o600 });
      } catch (error) {
        throw notWritable(file, error);
      }
      count++;
    },
  };
}

function fileText({ number, operation, request, response, departures }: RecordedExchange): string {
  const whole = {
    format: recordingFormat,
    version: recordingVersion,
    number,
    operation,
    request: { ...request, headers: lasting(request.headers) },
    response: { ...response, headers: lasting(response.headers) },
    departures,
  };
  return `${JSON.stringify(whole, null, 2)}\n`;
}

function lasting(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !passing.has(name)));
}

function notWritable(path: string, error: unknown): RecordingError {
  const reason = error instanceof Error ? error.message : String(error);
  return new RecordingError(`Can't record into ${path}: ${reason}. Name a folder that you may write to.`);
}
