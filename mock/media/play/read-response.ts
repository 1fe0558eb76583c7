import type { IncomingMessage } from "node:http";
import type { Transform } from "node:stream";
import { PlayFailure } from "./failure.ts";
import type { PlayLimits } from "./options.ts";

/** What was read of a file. */
export interface Body {
  readonly bytes: Uint8Array;
  /** The connection, or what packs the body, ended as it should. */
  readonly complete: boolean;
}

/**
 * Reads the body of an answer, unpacked where its server packed it although nobody asked for that. Both sizes are
 * limited, so that a small body cannot grow without bounds (MEDIA-PLAY-009).
 *
 * @throws PlayFailure for an answer that is no file, or too large a one
 */
export async function readResponse(response: IncomingMessage, limits: PlayLimits, signal: AbortSignal): Promise<Body> {
  const { statusCode = 0 } = response;
  if (statusCode < 200 || statusCode > 299) {
    response.destroy();
    throw new PlayFailure("status", "MEDIA-PLAY-024", `The host answered with status ${statusCode}.`);
  }
  const { Readable } = await import("node:stream");
  const { pipeline } = await import("node:stream/promises");
  const pieces: Uint8Array[] = [];
  const arriving = Readable.from(limited(response, limits.bytes));
  const collect = async (source: AsyncIterable<Uint8Array>) => {
    for await (const piece of limited(source, limits.bytes)) pieces.push(piece);
  };
  let complete = true;
  try {
    const unpacker = await unpackerOf(response);
    await (unpacker === null ? pipeline(arriving, collect) : pipeline(arriving, unpacker, collect));
  } catch (error) {
    response.destroy();
    if (error instanceof PlayFailure || signal.aborted) throw error;
    complete = false;
  }
  return { bytes: Buffer.concat(pieces), complete };
}

async function* limited(source: AsyncIterable<Uint8Array>, most: number): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const piece of source) {
    size += piece.length;
    if (size > most) throw new PlayFailure("tooLarge", "MEDIA-PLAY-009", `The file is larger than ${most} bytes.`);
    yield piece;
  }
}

async function unpackerOf({ headers }: IncomingMessage): Promise<Transform | null> {
  const encoding = (headers["content-encoding"] ?? "identity").trim().toLowerCase();
  if (encoding === "identity" || encoding === "") return null;
  const { createBrotliDecompress, createGunzip, createInflate } = await import("node:zlib");
  if (encoding === "gzip" || encoding === "x-gzip") return createGunzip();
  if (encoding === "deflate") return createInflate();
  if (encoding === "br") return createBrotliDecompress();
  throw new PlayFailure(
    "encoding",
    "MEDIA-PLAY-024",
    `The body is packed in a way that is not read: ${encoding.slice(0, 40)}.`,
  );
}
