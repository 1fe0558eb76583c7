import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate, inflateRaw, zstdDecompress } from "node:zlib";

/** What a small body may unpack to. */
const mostDecodedBytes = 8 * 1024 * 1024;

/** A body that can't be read: its sender's mistake, or ours to leave alone. */
export class DecodeError extends Error {
  override readonly name = "DecodeError";
  /** Whether the sender is at fault. */
  readonly broken: boolean;

  constructor(message: string, broken: boolean) {
    super(message);
    this.broken = broken;
  }
}

type Decoder = (bytes: Buffer, options: { readonly maxOutputLength: number }) => Promise<Buffer>;

const asGzip: Decoder = promisify(gunzip);
const asZlib: Decoder = promisify(inflate);
const asRawDeflate: Decoder = promisify(inflateRaw);
const asBrotli: Decoder = promisify(brotliDecompress);
const asZstd: Decoder = promisify(zstdDecompress);

/** Some servers send `deflate` without the zlib wrapper, whose first byte says so (RFC 9110 §8.4.1.2, RFC 1950 §2.2). */
const asDeflate: Decoder = (bytes, options) => (((bytes[0] ?? 0) & 0x0f) === 8 ? asZlib : asRawDeflate)(bytes, options);

const decoders: Readonly<Record<string, Decoder>> = {
  gzip: asGzip,
  "x-gzip": asGzip,
  deflate: asDeflate,
  br: asBrotli,
  zstd: asZstd,
};

/**
 * Takes the content codings off a body, the last one first (RFC 9110 §8.4).
 *
 * @param encoding the header `content-encoding`
 * @throws DecodeError when the coding is unknown, the body is broken, or it unpacks to more than 8 MiB
 */
export async function decodeBody(bytes: Buffer, encoding = ""): Promise<Buffer> {
  const codings = encoding
    .split(",")
    .map((coding) => coding.trim().toLowerCase())
    .filter((coding) => coding !== "" && coding !== "identity");
  if (bytes.length === 0) return bytes;
  let body = bytes;
  for (const coding of codings.toReversed()) body = await decodeOne(body, coding);
  return body;
}

async function decodeOne(bytes: Buffer, coding: string): Promise<Buffer> {
  const decoder = Object.hasOwn(decoders, coding) ? decoders[coding] : undefined;
  if (decoder === undefined) throw new DecodeError(`its content coding ${coding.slice(0, 40)} is unknown here`, false);
  try {
    return await decoder(bytes, { maxOutputLength: mostDecodedBytes });
  } catch (error) {
    if (error instanceof RangeError) throw new DecodeError("it unpacks to more than 8 MiB", false);
    const reason = error instanceof Error ? error.message : String(error);
    throw new DecodeError(`the body can't be read as ${coding}, which its content-encoding names: ${reason}`, true);
  }
}
