import { parentPort } from "node:worker_threads";
import type { FromDecoder, ToDecoder } from "./decode-messages.ts";
import { Decoder } from "./opus.ts";

// The thread that decodes: 50 clients would take most of a core, and frames must go out on time meanwhile.

const decoders = new Map<number, Decoder>();

parentPort?.on("message", (message: ToDecoder) => {
  if (message.do === "close") {
    decoders.get(message.client)?.close();
    decoders.delete(message.client);
    return answer({ what: "closed", client: message.client });
  }
  const { client, packet, tag } = message;
  let decoder = decoders.get(client);
  if (decoder === undefined) {
    decoder = new Decoder();
    decoders.set(client, decoder);
  }
  try {
    const samples = decoder.decode(packet);
    answer({ what: "audio", client, samples, tag }, [samples.buffer]);
  } catch (error) {
    answer({ what: "unreadable", client, reason: error instanceof Error ? error.message : String(error) });
  }
});

function answer(message: FromDecoder, transfer: readonly ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, [...transfer]);
}
