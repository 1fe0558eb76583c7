/** One response as far as a load generator has to know it. */
export interface SeenResponse {
  readonly status: number;
  /** The server keeps the connection open. */
  readonly keepsAlive: boolean;
}

const headEnd = Buffer.from("\r\n\r\n");
const lastChunk = Buffer.from("0\r\n\r\n");

/**
 * Finds the end of HTTP/1.1 responses on one connection without parsing more than that takes: the generator must cost
 * less than the servers it measures. At most one request is under way on a connection.
 */
export class ResponseReader {
  #held: Buffer | null = null;

  /** Takes what came in; returns the response once all of it is there. */
  read(chunk: Buffer): SeenResponse | null {
    const bytes = this.#held === null ? chunk : Buffer.concat([this.#held, chunk]);
    this.#held = bytes;
    const head = bytes.indexOf(headEnd);
    if (head < 0) return null;
    const text = bytes.toString("latin1", 0, head).toLowerCase();
    if (!isWhole(bytes, text, head + 4)) return null;
    this.#held = null;
    return { status: Number(text.slice(9, 12)), keepsAlive: !text.includes("\r\nconnection: close") };
  }
}

function isWhole(bytes: Buffer, head: string, bodyStart: number): boolean {
  const at = head.indexOf("\r\ncontent-length:");
  if (at >= 0) return bytes.length >= bodyStart + Number.parseInt(head.slice(at + 17), 10);
  return bytes.subarray(-lastChunk.length).equals(lastChunk);
}
