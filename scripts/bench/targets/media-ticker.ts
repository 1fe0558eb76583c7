// The floor of the socket bench: `ws` and one ticker that sends every socket the same frame. node media-ticker.ts <frameMs>
import { WebSocketServer } from "ws";

const frameMs = Number(process.argv[2]);
const frame = Buffer.alloc((16_000 * 2 * frameMs) / 1_000);
const server = new WebSocketServer({ host: "127.0.0.1", port: 0, perMessageDeflate: false });
server.on("connection", (socket) => socket.on("message", () => undefined));

// Each tick has an absolute deadline, as each frame of the sandbox has.
let due = performance.now();
function tick(): void {
  for (const socket of server.clients) socket.send(frame);
  due += frameMs;
  setTimeout(tick, Math.max(0, due - performance.now()));
}
tick();

server.on("listening", () => {
  const address = server.address();
  process.send?.({ port: typeof address === "object" ? address?.port : null });
});
