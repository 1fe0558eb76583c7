import { readFile } from "node:fs/promises";

/** Linux counts processor time in ticks of so many microseconds (USER_HZ is 100 on every usual kernel). */
const tick = 10_000;

/**
 * Processor time that a process has used so far, in microseconds; NaN where there is no /proc. Other programs on the
 * machine change it far less than they change requests per second.
 */
export async function cpuTime(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  // The second field is the program's name in brackets, which may hold blanks; utime and stime are fields 14 and 15.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * tick;
}
