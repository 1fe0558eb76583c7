import type { Place } from "../world/worlds.ts";
import { loggedRequestDto } from "./dto/logged-request.ts";

/** A reader that falls this many events behind is dropped, so that nobody waits for it. */
export const feedBacklog = 1_000;

/**
 * Everything that happens in a world from now on, as server-sent events. Nothing is prepared while nobody reads, and a
 * slow reader costs its backlog and no more.
 */
export function feed({ world, requests }: Place): Response {
  let leave = () => undefined;
  const encoder = new TextEncoder();
  const stream = new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        const send = (name: string, data: unknown) => {
          if ((controller.desiredSize ?? 0) <= 0) return drop();
          controller.enqueue(encoder.encode(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`));
        };
        const stops = [
          world.subscribe((event) => send(event.type, event)),
          requests.subscribe((request) => send("request", loggedRequestDto(request))),
          world.onClose(() => drop()),
        ];
        leave = () => {
          for (const stop of stops) stop();
        };
        const drop = () => {
          leave();
          controller.close();
        };
        // A comment opens the stream at once: a client learns that it is connected before anything happens.
        controller.enqueue(encoder.encode(": open\n\n"));
      },
      cancel: () => leave(),
    },
    new CountQueuingStrategy({ highWaterMark: feedBacklog }),
  );
  return new Response(stream, { headers: { "content-type": "text/event-stream", "cache-control": "no-store" } });
}
