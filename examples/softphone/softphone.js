// A softphone for META calls: what a browser has to do, and nothing else. Read it from `placeCall` and `takeCall`.

/**
 * The Calls API with one key.
 *
 * @param seen hears of every exchange: { method, path, status, answer }
 */
export function callsApi(key, seen = () => undefined) {
  return async (method, path, body) => {
    const response = await fetch(`/v1${path}`, {
      method,
      headers: { "x-api-key": key, ...(body ? { "content-type": "application/json" } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const answer = await response.json();
    seen({ method, path, status: response.status, answer });
    if (!response.ok) throw new Error(`${answer.code}: ${answer.error}`);
    return answer;
  };
}

/**
 * You call a person: offer, wait for the answer, done. Audio starts when they pick up.
 *
 * @param heard hears the person's stream
 * @param placed hears of the call as soon as there is one, for a "hang up" that works at once
 */
export async function placeCall({ api, person, audio, heard, placed }) {
  const peer = newPeer(heard);
  peer.addTrack(audio.track, audio.stream);
  await peer.setLocalDescription(await peer.createOffer());
  await gathered(peer);
  const { id } = await api("POST", "/calls", { to: person, sdp: peer.localDescription.sdp });
  placed({ id, peer });
  // In production the answer comes with the webhook call.outgoing; a page can only ask.
  for (;;) {
    const { sdpAnswer, status } = await api("GET", `/calls/${id}?includeSdp=1`);
    if (isOver(status)) return;
    if (sdpAnswer !== null) return peer.setRemoteDescription({ type: "answer", sdp: sdpAnswer });
    await sleep(200);
  }
}

/**
 * A person calls you: their offer, your answer, and no audio before accept has been answered.
 *
 * @param called the call, with its sdpOffer: in production from the webhook call.incoming
 * @returns accepts the call
 */
export async function takeCall({ api, called, audio, heard, placed }) {
  const { id, sdpOffer } = called;
  const peer = newPeer(heard);
  placed({ id, peer });
  await peer.setRemoteDescription({ type: "offer", sdp: sdpOffer });
  const [transceiver] = peer.getTransceivers();
  transceiver.direction = "sendrecv";
  await peer.setLocalDescription(await peer.createAnswer());
  await gathered(peer);
  const { sdp } = peer.localDescription;
  // Prepares the path while it rings, so that the first word isn't lost.
  await api("POST", `/calls/${id}/pre-accept`, { sdp });
  return async () => {
    await api("POST", `/calls/${id}/accept`, { sdp });
    await transceiver.sender.replaceTrack(audio.track);
  };
}

/** The end of the connection alone doesn't end the call. */
export async function hangUp({ api, id, peer }) {
  await api("POST", `/calls/${id}/terminate`);
  peer.close();
}

/** Keys travel as telephone-event, which the browser makes. */
export function pressKey(peer, digit) {
  const sender = peer.getSenders().find(({ dtmf }) => dtmf !== null);
  sender?.dtmf.insertDTMF(digit, 100, 100);
}

export const isOver = (status) => ["COMPLETED", "REJECTED", "FAILED", "MISSED"].includes(status);

export const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

function newPeer(heard) {
  const peer = new RTCPeerConnection();
  peer.addEventListener("track", ({ track, streams }) => heard(streams[0] ?? new MediaStream([track])));
  return peer;
}

/** Meta takes no candidates later, so all of them must be in the SDP. */
async function gathered(peer) {
  const complete = new Promise((resolve) => {
    const look = () => peer.iceGatheringState === "complete" && resolve();
    peer.addEventListener("icegatheringstatechange", look);
    look();
  });
  await Promise.race([complete, sleep(2_000)]);
}
