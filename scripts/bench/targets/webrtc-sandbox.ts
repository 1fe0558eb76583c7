// A sandbox with WebRTC peers, as `serve` opens them. node webrtc-sandbox.ts
import { listenHttp } from "../../../mock/doors/http.ts";
import { createSandbox } from "../../../mock/sandbox.ts";

const sandbox = createSandbox({ webrtc: { host: "127.0.0.1" } });
const door = await listenHttp(sandbox, { host: "127.0.0.1", port: 0, overrideGlobalObjects: true });
process.send?.({ port: door.port });
