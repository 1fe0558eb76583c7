// Where your voice comes from, and how loud and how high a stream is.

/**
 * Opens what you say.
 *
 * @param source `microphone`, `unprocessed` or `tone`
 * @returns the track to send, and `watch`, which measures a stream until `close`
 */
export async function openAudio(source) {
  const context = new AudioContext();
  const stream = await openSource(source, context);
  return {
    stream,
    track: stream.getAudioTracks()[0],
    watch: (watched, show) => measure(context, watched, show),
    close: async () => {
      for (const track of stream.getTracks()) track.stop();
      if (context.state !== "closed") await context.close();
    },
  };
}

function openSource(source, context) {
  if (source === "tone") {
    const oscillator = new OscillatorNode(context, { frequency: 1_000 });
    const destination = context.createMediaStreamDestination();
    oscillator.connect(new GainNode(context, { gain: 0.25 })).connect(destination);
    oscillator.start();
    return destination.stream;
  }
  const on = source === "microphone";
  return navigator.mediaDevices.getUserMedia({
    audio: { echoCancellation: on, noiseSuppression: on, autoGainControl: on },
  });
}

/** Ten times a second: the level as RMS from 0 to 1, and the strongest frequency; null for silence. */
function measure(context, stream, show) {
  const analyser = new AnalyserNode(context, { fftSize: 8_192, smoothingTimeConstant: 0 });
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const bins = new Float32Array(analyser.frequencyBinCount);
  const timer = setInterval(() => {
    if (context.state === "closed") {
      clearInterval(timer);
      return show(0, null);
    }
    analyser.getFloatTimeDomainData(samples);
    analyser.getFloatFrequencyData(bins);
    const rms = Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
    show(rms, rms < 0.005 ? null : strongest(bins, context.sampleRate));
  }, 100);
}

function strongest(bins, sampleRate) {
  let best = 5;
  for (let bin = 5; bin < bins.length - 1; bin++) if (bins[bin] > bins[best]) best = bin;
  const [left, peak, right] = [bins[best - 1], bins[best], bins[best + 1]];
  const offset = (0.5 * (left - right)) / (left - 2 * peak + right) || 0;
  return ((best + offset) * sampleRate) / (2 * bins.length);
}
