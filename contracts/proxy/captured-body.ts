import { TextDecoder } from "node:util";
import type { Departure } from "../exchange/exchange.ts";
import type { Capture } from "./capture.ts";
import { DecodeError, decodeBody } from "./decode.ts";

/** A body as far as it was kept and can be read. */
export interface CapturedBody {
  readonly text: string | null;
  /** Why there is less than the whole text. */
  readonly why: string | null;
  /** What is wrong with the way in which the body was sent. */
  readonly departure: Pick<Departure, "path" | "message"> | null;
}

const utf8 = new TextDecoder();

/** Reads a body that has passed, without its content codings. */
export async function readCaptured(
  captured: Capture,
  headers: Readonly<Record<string, string>>,
): Promise<CapturedBody> {
  const bytes = captured.bytes();
  if (captured.isCut()) return { text: utf8.decode(bytes), why: "its body is larger than 2 MiB", departure: null };
  try {
    const text = utf8.decode(await decodeBody(bytes, headers["content-encoding"]));
    return { text: text === "" ? null : text, why: null, departure: null };
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    const { message, broken } = error;
    return { text: null, why: message, departure: broken ? { path: "", message } : null };
  }
}
