// A sandbox with so many finished calls, served as `serve` does it. Run by bench.ts: node sandbox.ts <calls>
import { listenHttp } from "../../../mock/doors/http.ts";
import { createSandbox } from "../../../mock/sandbox.ts";
import { fill, numberOf } from "../measure/fill.ts";

/** So many ids go to the bench, spread evenly over all calls. */
const samples = 1_000;

const count = Number(process.argv[2]);
const sandbox = createSandbox({ clock: "virtual", mode: "manual" });
const { world } = sandbox;
const startedAt = performance.now();
const ids = await fill(world, "EVO_GO", count);
const fillSeconds = (performance.now() - startedAt) / 1_000;
// From here on everything is as in a server that people use, except that each person declines: calls end by themselves.
world.dispatch({ type: "updateNumber", numberId: numberOf(world, "EVO_GO").id, change: { script: "reject" } });
world.dispatch({ type: "setMode", mode: "scripted" });
world.clock.makeReal();
const door = await listenHttp(sandbox, { host: "127.0.0.1", port: 0, overrideGlobalObjects: true });
const step = Math.max(1, Math.floor(ids.length / samples));
process.send?.({
  port: door.port,
  ids: ids.filter((_, index) => index % step === 0).slice(0, samples),
  callsPerSecond: count / fillSeconds,
});
