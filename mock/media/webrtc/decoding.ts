import { existsSync } from "node:fs";
import { Worker } from "node:worker_threads";
import type { FromDecoder, PacketTag, ToDecoder } from "./decode-messages.ts";
import { mostCoders } from "./opus.ts";

/** Hears what became of one client's packets, in their order. */
export interface DecodeListener {
  readonly audio: (samples: Int16Array, tag: PacketTag) => void;
  readonly unreadable: (reason: string) => void;
}

/** The way of one client's packets through a decoding thread. */
export interface ClientDecoder {
  readonly decode: (packet: Uint8Array, tag: PacketTag) => void;
  /** What was handed in before is still decoded; then the thread goes, if nobody else needs it. */
  readonly close: () => void;
}

const threads = new Set<DecodingThread>();
let clients = 0;

/** Opens a decoder in a thread that has room for it; the first one starts a thread. */
export function openDecoder(listener: DecodeListener): ClientDecoder {
  const thread = [...threads].find((candidate) => candidate.hasRoom) ?? new DecodingThread();
  threads.add(thread);
  return thread.open(++clients, listener);
}

/** How many threads there are; none when no client is heard. */
export function decodingThreads(): number {
  return threads.size;
}

class DecodingThread {
  readonly #worker = new Worker(workerFile());
  readonly #listeners = new Map<number, DecodeListener>();
  #ended = false;

  constructor() {
    // A sandbox inside somebody's test must not keep the process alive.
    this.#worker.unref();
    this.#worker.on("message", (message: FromDecoder) => this.#hear(message));
    this.#worker.on("error", (error) => {
      for (const { unreadable } of this.#listeners.values()) unreadable(error.message);
      this.#end();
    });
  }

  get hasRoom(): boolean {
    return !this.#ended && this.#listeners.size < mostCoders;
  }

  open(client: number, listener: DecodeListener): ClientDecoder {
    this.#listeners.set(client, listener);
    return {
      decode: (packet, tag) => this.#post({ do: "decode", client, packet, tag }),
      close: () => this.#post({ do: "close", client }),
    };
  }

  #post(message: ToDecoder): void {
    if (!this.#ended) this.#worker.postMessage(message);
  }

  #hear(message: FromDecoder): void {
    const listener = this.#listeners.get(message.client);
    if (message.what === "audio") listener?.audio(message.samples, message.tag);
    else if (message.what === "unreadable") listener?.unreadable(message.reason);
    else {
      this.#listeners.delete(message.client);
      if (this.#listeners.size === 0) this.#end();
    }
  }

  #end(): void {
    this.#ended = true;
    threads.delete(this);
    void this.#worker.terminate();
  }
}

/** Beside this file as it stands in the sources, or in the bundle, whose chunks are one folder down. */
function workerFile(): URL {
  const source = new URL("./decode-worker.ts", import.meta.url);
  return existsSync(source) ? source : new URL("../webrtc-worker.js", import.meta.url);
}
