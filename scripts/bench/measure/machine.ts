import { cpus, loadavg, totalmem } from "node:os";

/** The machine in one line: figures without it mean nothing. */
export function machine(): string {
  const all = cpus();
  const model = all[0]?.model.trim() ?? "unknown";
  const memory = Math.round(totalmem() / 2 ** 30);
  const [load = 0] = loadavg();
  return `${all.length} × ${model}, ${memory} GB, ${process.platform} ${process.arch}, Node ${process.versions.node}, load before the run ${load.toFixed(1)}`;
}
