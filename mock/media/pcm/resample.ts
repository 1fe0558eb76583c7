/**
 * Brings audio to another rate by straight lines between samples, as the engine behind EVO_GO does (realtime-media §1.3).
 *
 * @returns the same array when the rates are equal
 */
export function resample(pcm: Int16Array, from: number, to: number): Int16Array {
  if (from === to) return pcm;
  const length = Math.round((pcm.length * to) / from);
  const out = new Int16Array(length);
  for (let index = 0; index < length; index++) {
    const at = (index * from) / to;
    const before = Math.floor(at);
    const left = pcm[before] ?? 0;
    const right = pcm[before + 1] ?? left;
    out[index] = Math.round(left + (right - left) * (at - before));
  }
  return out;
}
