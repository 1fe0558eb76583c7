import { resample } from "../pcm/resample.ts";
import { readWav } from "../wav/read-wav.ts";
import { filesOf, type Pattern } from "./pattern.ts";

/** Reads the files of a pattern once and brought to the rate; what can't be read is told, and stays silent. */
export async function readVoiceFiles(
  pattern: Pattern,
  sampleRate: number,
  failed: (file: string, reason: string) => void,
): Promise<ReadonlyMap<string, Int16Array>> {
  const files = new Map<string, Int16Array>();
  for (const file of filesOf(pattern)) {
    try {
      // Loaded only here: voices without files sound in a browser too.
      const { readFile } = await import("node:fs/promises");
      const audio = readWav(await readFile(file));
      files.set(file, resample(audio.samples, audio.sampleRate, sampleRate));
    } catch (error) {
      failed(file, error instanceof Error ? error.message : String(error));
    }
  }
  return files;
}
