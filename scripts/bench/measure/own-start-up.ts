import { join } from "node:path";
import { root } from "../../lib/root.ts";
import { type Starter, timeToFirstAnswer } from "./start-up.ts";
import { median } from "./statistics.ts";

export interface StartFigures {
  readonly own: number;
  readonly bare: number;
}

export const ownStart: Starter = {
  command: process.execPath,
  args: (port) => [join(root, "dist/cli.js"), "serve", "--port", String(port), "--media-port", "0"],
  path: "/v1/calls",
  headers: { "x-api-key": "ps_sandbox_evo" },
};

const bareStart: Starter = {
  command: process.execPath,
  args: (port) => [join(root, "scripts/bench/targets/bare-http.ts"), String(port)],
  path: "/",
};

/** Process start to first answer, the command's and a bare server's in turn; medians in milliseconds. */
export async function measureStartUp(times: number): Promise<StartFigures> {
  const own: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < times; round++) {
    own.push(await timeToFirstAnswer(ownStart));
    bare.push(await timeToFirstAnswer(bareStart));
  }
  return { own: median(own), bare: median(bare) };
}
