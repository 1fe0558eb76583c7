import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startCommand } from "../measure/child.ts";
import { phoneOf } from "../measure/fill.ts";
import { postRequest } from "../measure/requests.ts";
import { cpuRatio, inRounds, ratio } from "../measure/rounds.ts";

/** What `--data-dir` costs on the request that writes most: the ratio to the same command without it. */
export async function measureJournal(plan: {
  rounds: number;
  milliseconds: number;
}): Promise<{ byRate: number; byCpu: number }> {
  const directory = await mkdtemp(join(tmpdir(), "calls-sandbox-bench-"));
  const [plain, kept] = await Promise.all([startCommand(), startCommand("--data-dir", directory)]);
  const key = { "x-api-key": "ps_sandbox_evo" };
  const requests = Array.from({ length: 64 }, (_, person) =>
    postRequest("/v1/calls", key, { to: `+${phoneOf(person)}` }),
  );
  try {
    const subjects = [
      { name: "in memory", port: plain.port, pid: plain.pid, requests },
      { name: "with a journal", port: kept.port, pid: kept.pid, requests },
    ];
    const [memory, journal] = await inRounds(subjects, { ...plan, connections: 16 });
    return { byRate: ratio(journal, memory), byCpu: cpuRatio(journal, memory) };
  } finally {
    await Promise.all([plain.stop(), kept.stop()]);
    await rm(directory, { recursive: true, force: true });
  }
}
