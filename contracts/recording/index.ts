/** Recordings of exchanges: written by the proxy, replayed by the conformance suite, turned into pacts. */
export { CarriedValues } from "./carried-values.ts";
export { type PactFromRecording, providerName, toPact } from "./pact/to-pact.ts";
export { readRecording } from "./read-recording.ts";
export { keyOf, keysOf, type RecordedKey } from "./recorded-keys.ts";
export {
  type RecordedExchange,
  type Recording,
  RecordingError,
  recordingFormat,
  recordingVersion,
} from "./recording.ts";
export { type ReplayOptions, type ReplayResult, replay } from "./replay.ts";
export { type Difference, shapeDifferences } from "./shape.ts";
export { newRecording, type RecordingFolder } from "./write-recording.ts";
