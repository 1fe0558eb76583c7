import { writeFile } from "node:fs/promises";
import { RecordingError, readRecording, toPact } from "../../../../contracts/recording/index.ts";
import { UsageError } from "../explain.ts";
import { counted } from "./print.ts";
import type { ProxyFlags } from "./proxy-command.ts";

/**
 * Writes the file of `--to-pact` from the recording of `--record`, and says what is in it.
 *
 * @throws UsageError when there is no recording, or the file can't be written
 */
export async function writePact({ record = "", toPact: file = "", consumer = "" }: ProxyFlags): Promise<void> {
  const recording = await readRecording(record).catch((error: unknown) => {
    throw error instanceof RecordingError ? new UsageError(error.message) : error;
  });
  const { pact, leftOut } = toPact(recording, { consumer });
  await writeFile(file, `${JSON.stringify(pact, null, 2)}\n`).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`Can't write the Pact file: ${reason}. Name a place that exists and can be written.`);
  });
  const made = counted(pact.interactions.length, "interaction");
  console.error(`${file}: ${made} from ${counted(recording.exchanges.length, "exchange")}.`);
  for (const { number, why } of leftOut) console.error(`  exchange ${number} is left out: ${why}`);
}
