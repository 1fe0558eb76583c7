// A sandbox with its media host, as `serve` opens them. node media-sandbox.ts <frameMs>
import { listenHttp } from "../../../mock/doors/http.ts";
import { listenMedia } from "../../../mock/doors/media-host.ts";
import { realtimeMistake } from "../../../mock/realtime-options.ts";
import { createSandbox } from "../../../mock/sandbox.ts";

const frameMs = Number(process.argv[2]);
if (frameMs !== 20 && frameMs !== 60) throw new Error(`frameMs: ${realtimeMistake({ frameMs })?.expected}`);
const sandbox = createSandbox({ realtime: { frameMs } });
const door = await listenHttp(sandbox, { host: "127.0.0.1", port: 0, overrideGlobalObjects: true });
await listenMedia(sandbox, { host: "127.0.0.1", port: 0 });
process.send?.({ port: door.port });
