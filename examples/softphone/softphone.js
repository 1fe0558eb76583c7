// A softphone for META calls: what a browser has to do, and nothing else. Read it from `placeCall` and `takeCall`.

const element = (id) => document.getElementById(id);
const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** The call that is going on: { id, peer, audio, over }. */
let current = null;

// ---- The Calls API ----

async function api(method, path, body) {
  const response = await fetch(`/v1${path}`, {
    method,
    headers: { "x-api-key": element("key").value, ...(body ? { "content-type": "application/json" } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(`${answer.code}: ${answer.error}`);
  return answer;
}

/** You call a person: offer, wait for the answer, done. Audio starts when they pick up. */
async function placeCall() {
  const audio = await openAudio();
  const peer = newPeer(audio);
  peer.addTrack(audio.track, audio.stream);
  await peer.setLocalDescription(await peer.createOffer());
  await gathered(peer);
  const { id } = await api("POST", "/calls", { to: element("person").value, sdp: peer.localDescription.sdp });
  begin({ id, peer, audio });
  // In production the answer comes with the webhook call.outgoing; a page can only ask.
  const call = await until(id, ({ sdpAnswer, status }) => sdpAnswer !== null || isOver(status));
  if (isOver(call.status)) return await finish(call);
  await peer.setRemoteDescription({ type: "answer", sdp: call.sdpAnswer });
  await follow();
}

/** A person calls you: their offer, your answer, and no audio before accept has been answered. */
async function takeCall() {
  const called = await beCalled();
  const audio = await openAudio();
  const peer = newPeer(audio);
  begin({ id: called.id, peer, audio });
  await peer.setRemoteDescription({ type: "offer", sdp: called.sdpOffer });
  const [transceiver] = peer.getTransceivers();
  transceiver.direction = "sendrecv";
  await peer.setLocalDescription(await peer.createAnswer());
  await gathered(peer);
  const sdp = peer.localDescription.sdp;
  // Prepares the path while it rings, so that the first word isn't lost.
  await api("POST", `/calls/${called.id}/pre-accept`, { sdp });
  current.accept = async () => {
    await api("POST", `/calls/${called.id}/accept`, { sdp });
    await transceiver.sender.replaceTrack(audio.track);
  };
  element("accept").hidden = false;
  await follow();
}

/** Only a sandbox can do this: it makes the person call you. */
async function beCalled() {
  const [number] = await api("GET", "/numbers");
  const response = await fetch("/_sandbox/worlds/default/inbound-calls", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ to: number.number, from: element("person").value }),
  });
  const call = await response.json();
  if (!response.ok) throw new Error(`${call.code}: ${call.error}`);
  return call;
}

async function hangUp() {
  await api("POST", `/calls/${current.id}/terminate`);
  await finish(await api("GET", `/calls/${current.id}`));
}

async function until(id, there) {
  for (;;) {
    const call = await api("GET", `/calls/${id}?includeSdp=1`);
    if (there(call)) return call;
    await sleep(200);
  }
}

const isOver = (status) => ["COMPLETED", "REJECTED", "FAILED", "MISSED"].includes(status);

// ---- WebRTC ----

function newPeer(audio) {
  const peer = new RTCPeerConnection();
  peer.addEventListener("track", ({ track, streams }) => {
    const stream = streams[0] ?? new MediaStream([track]);
    element("audio").srcObject = stream;
    audio.watch("person", stream);
  });
  return peer;
}

/** Meta takes no candidates later, so all of them must be in the SDP. */
async function gathered(peer) {
  const enough = sleep(2_000);
  const complete = new Promise((resolve) => {
    const look = () => peer.iceGatheringState === "complete" && resolve();
    peer.addEventListener("icegatheringstatechange", look);
    look();
  });
  await Promise.race([complete, enough]);
}

// ---- Sound ----

async function openAudio() {
  const context = new AudioContext();
  const stream = await openSource(element("source").value, context);
  const audio = {
    stream,
    track: stream.getAudioTracks()[0],
    watch: (who, watched) => meter(context, watched, who),
    close: async () => {
      for (const track of stream.getTracks()) track.stop();
      await context.close();
    },
  };
  audio.watch("you", stream);
  return audio;
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

/** Shows level and strongest frequency of a stream until its context is closed. */
function meter(context, stream, who) {
  const analyser = new AnalyserNode(context, { fftSize: 8_192, smoothingTimeConstant: 0 });
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const bins = new Float32Array(analyser.frequencyBinCount);
  const timer = setInterval(() => {
    if (context.state === "closed") return clearInterval(timer);
    analyser.getFloatTimeDomainData(samples);
    analyser.getFloatFrequencyData(bins);
    const rms = Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
    element(`level-${who}`).value = Math.min(1, rms * 4);
    element(`hz-${who}`).textContent = rms < 0.005 ? "" : `${Math.round(strongest(bins, context.sampleRate))} Hz`;
  }, 100);
}

function strongest(bins, sampleRate) {
  let best = 5;
  for (let bin = 5; bin < bins.length - 1; bin++) if (bins[bin] > bins[best]) best = bin;
  const [left, peak, right] = [bins[best - 1], bins[best], bins[best + 1]];
  const offset = (0.5 * (left - right)) / (left - 2 * peak + right) || 0;
  return ((best + offset) * sampleRate) / (2 * bins.length);
}

// ---- The page ----

function begin(call) {
  current = { ...call, over: false };
  show(`Call ${call.id}`);
  buttons(true);
}

/** Shows status and timeline as long as the call lasts. */
async function follow() {
  const mine = current;
  while (!mine.over) {
    const call = await api("GET", `/calls/${mine.id}`);
    if (mine.over) return;
    show(`${call.status} · ${mine.peer.connectionState}`);
    element("keys").hidden = call.status !== "ACCEPTED";
    await showTimeline(mine.id);
    if (isOver(call.status)) return await finish(call);
    await sleep(500);
  }
}

async function finish(call) {
  if (current === null || current.over) return;
  current.over = true;
  current.peer.close();
  show(`${call.status}${call.errorMessage ? `: ${call.errorMessage}` : ""}`, call.status === "FAILED");
  buttons(false);
  await current.audio.close();
  await showTimeline(call.id);
}

async function showTimeline(id) {
  const response = await fetch(`/_sandbox/worlds/default/calls/${id}/timeline`);
  if (!response.ok) return;
  const { entries } = await response.json();
  element("timeline").replaceChildren(
    ...entries
      .filter(({ kind }) => kind !== "request")
      .map(({ at, kind, name, detail }) => {
        const item = document.createElement("li");
        item.className = kind;
        item.textContent = `${at.slice(11, 23)} ${name} ${detail.message ?? ""}`;
        return item;
      }),
  );
}

function show(text, failed = false) {
  element("status").textContent = text;
  element("status").className = failed ? "failed" : "";
}

function buttons(calling) {
  element("call").hidden = calling;
  element("be-called").hidden = calling;
  element("hang-up").hidden = !calling;
  element("accept").hidden = true;
  element("keys").hidden = true;
}

/** Runs what a button does, and says what went wrong. */
const act = (action) => (event) => {
  event.preventDefault();
  action().catch((error) => {
    show(error.message, true);
    if (current === null || current.over) return buttons(false);
  });
};

for (const digit of "123456789*0#") {
  const key = document.createElement("button");
  key.textContent = digit;
  key.addEventListener("click", () => {
    const sender = current?.peer.getSenders().find(({ dtmf }) => dtmf !== null);
    sender?.dtmf.insertDTMF(digit, 100, 100);
  });
  element("keys").append(key);
}

element("setup").addEventListener("submit", act(placeCall));
element("be-called").addEventListener("click", act(takeCall));
element("hang-up").addEventListener("click", act(hangUp));
element("accept").addEventListener(
  "click",
  act(async () => {
    element("accept").hidden = true;
    await current.accept();
  }),
);
