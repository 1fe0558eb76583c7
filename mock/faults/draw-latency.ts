import type { Latency } from "./rule.ts";

/**
 * Draws a latency (CTRL-064).
 *
 * @param latency its bounds, and how latencies lie between them
 * @param draw gives the draw's parts as numbers in [0, 1)
 * @returns whole milliseconds within the bounds
 * @example drawLatency({ type: "latency", minMs: 100, maxMs: 300, distribution: "uniform" }, () => 0.5) // 200
 */
export function drawLatency({ minMs, maxMs, distribution }: Latency, draw: (part: number) => number): number {
  const place = Math.min(Math.max(places[distribution](draw), 0), 1);
  return Math.round(minMs + place * (maxMs - minMs));
}

/** Where in the range a draw lies, from 0 to 1; what falls beside the range is moved to its end. */
const places: Readonly<Record<Latency["distribution"], (draw: (part: number) => number) => number>> = {
  uniform: (draw) => draw(0),
  // Box and Muller's transform. With a sixth of the range as deviation, three of a thousand fall beside it.
  normal: (draw) => 0.5 + (Math.sqrt(-2 * Math.log(1 - draw(0))) * Math.cos(2 * Math.PI * draw(1))) / 6,
  // With a fifth of the range as mean, seven of a thousand fall beyond it.
  exponential: (draw) => -Math.log(1 - draw(0)) / 5,
};
