const headerBytes = 44;

/**
 * Writes 16-bit PCM as a WAV file.
 *
 * @param channels one array of samples for mono, two for stereo; a shorter one is padded with silence
 * @param sampleRate samples per second
 * @example await writeFile("heard.wav", toWav([heard], 16_000))
 */
export function toWav(channels: readonly Int16Array[], sampleRate: number): Uint8Array<ArrayBuffer> {
  const frames = Math.max(0, ...channels.map(({ length }) => length));
  const blockAlign = channels.length * 2;
  const bytes = new Uint8Array(headerBytes + frames * blockAlign);
  const view = new DataView(bytes.buffer);
  const text = (at: number, letters: string) => {
    for (let index = 0; index < letters.length; index++) view.setUint8(at + index, letters.charCodeAt(index));
  };
  text(0, "RIFF");
  view.setUint32(4, bytes.length - 8, true);
  text(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, channels.length, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * blockAlign, true);
  view.setUint16(32, blockAlign, true);
  view.setUint16(34, 16, true);
  text(36, "data");
  view.setUint32(40, frames * blockAlign, true);
  for (const [channel, samples] of channels.entries()) {
    for (let index = 0; index < samples.length; index++)
      view.setInt16(headerBytes + index * blockAlign + channel * 2, samples[index] ?? 0, true);
  }
  return bytes;
}
