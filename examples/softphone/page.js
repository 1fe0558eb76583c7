// The page around softphone.js: buttons, levels, and what can be learnt from a call.

import { clearExchanges, exchange } from "./exchanges.js";
import { callsApi, hangUp, isOver, placeCall, pressKey, sleep, takeCall } from "./softphone.js";
import { openAudio } from "./sound.js";

const element = (id) => document.getElementById(id);
const world = "/_sandbox/worlds/default";

/** The call that is going on: { api, audio, id, peer, accept, over }. */
let current = null;

// ---- Calls ----

async function call() {
  const mine = await begin();
  await letThemBehave();
  await placeCall({ ...mine, person: element("person").value, heard: heardBy(mine), placed: placedBy(mine) });
  await follow(mine);
}

async function beCalled() {
  const mine = await begin();
  await letThemBehave();
  const [number] = await mine.api("GET", "/numbers");
  // Only a sandbox can do this: it makes the person call you.
  const called = await control("POST", "/inbound-calls", { to: number.number, from: element("person").value });
  mine.accept = await takeCall({ ...mine, called, heard: heardBy(mine), placed: placedBy(mine) });
  element("accept").hidden = false;
  await follow(mine);
}

async function accept() {
  element("accept").hidden = true;
  await current.accept();
}

async function end() {
  const { api, id } = current;
  await hangUp(current);
  await finish(current, await api("GET", `/calls/${id}`));
}

/** Opens the microphone and clears the page for a new call. */
async function begin() {
  clearExchanges();
  element("heard").hidden = true;
  element("timeline").replaceChildren();
  element("warnings").hidden = true;
  const mine = { api: callsApi(element("key").value, exchange), audio: null, id: null, peer: null, over: false };
  current = mine;
  show("Opening the microphone …");
  mine.audio = await openAudio(element("source").value);
  mine.audio.watch(mine.audio.stream, level("you"));
  return mine;
}

const heardBy = (mine) => (stream) => {
  element("audio").srcObject = stream;
  mine.audio.watch(stream, level("person"));
};

const placedBy = (mine) => (placed) => {
  Object.assign(mine, placed);
  show(`Call ${mine.id}`);
  buttons(true);
};

/** Shows status and timeline as long as the call lasts. */
async function follow(mine) {
  while (!mine.over) {
    const call = await mine.api("GET", `/calls/${mine.id}`);
    if (mine.over) return;
    show(`${call.status} · ${mine.peer.connectionState}`);
    steps(call.status, mine.peer.connectionState);
    element("keys").hidden = call.status !== "ACCEPTED";
    await showTimeline(mine.id);
    if (isOver(call.status)) return await finish(mine, call);
    await sleep(500);
  }
}

async function finish(mine, call) {
  if (mine.over) return;
  mine.over = true;
  mine.peer.close();
  show(`${call.status}${call.errorMessage ? `: ${call.errorMessage}` : ""}`, call.status === "FAILED");
  buttons(false);
  await mine.audio.close();
  await showTimeline(mine.id);
  await showHeard(mine.id);
}

// ---- What only a sandbox has ----

async function control(method, path, body) {
  const response = await fetch(`${world}${path}`, {
    method,
    ...(body ? { headers: { "content-type": "application/json" }, body: JSON.stringify(body) } : {}),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(`${answer.code}: ${answer.error}`);
  return answer;
}

let behaviour = "answer";

/** Has the person behave as chosen; as long as nothing was chosen, as their number says. */
async function letThemBehave() {
  const script = element("script").value;
  if (script === behaviour) return;
  await control("PUT", `/contacts/${encodeURIComponent(element("person").value)}`, { script });
  behaviour = script;
}

async function showTimeline(id) {
  const { entries } = await control("GET", `/calls/${id}/timeline`);
  const line = ({ at, name, detail }) =>
    item(`${at.slice(11, 23)}  ${name}`, detail.message ?? detail.by ?? detail.pattern ?? "");
  const told = entries.filter(({ kind }) => kind !== "request" && kind !== "webhook");
  element("timeline").replaceChildren(...told.filter(({ kind }) => kind !== "warning").map(line));
  const warnings = told.filter(({ kind }) => kind === "warning");
  element("warnings").hidden = warnings.length === 0;
  element("warnings").querySelector("summary").textContent =
    `${warnings.length} things that pass here and that the real service may not like`;
  element("warnings")
    .querySelector("ul")
    .replaceChildren(...warnings.map(({ name, detail }) => item(name, `${detail.message} ${detail.remedy ?? ""}`)));
}

async function showHeard(id) {
  const { client, person, peer } = await control("GET", `/calls/${id}/media`);
  const tones = ({ dominantHz }) => {
    const found = [...new Set(dominantHz.filter((hz) => hz !== null))];
    return found.length === 0 ? "nothing" : `${found.slice(0, 4).join(", ")} Hz${found.length > 4 ? " …" : ""}`;
  };
  const lost = peer === null ? "" : ` ${peer.packetsLost} of your packets were lost.`;
  const keys = peer?.dtmf ? ` You pressed ${peer.dtmf}.` : "";
  element("heard-text").textContent = `Of you: ${tones(client)}. Of the person: ${tones(person)}.${lost}${keys}`;
  element("link-wav").href = `${world}/calls/${id}/audio.wav`;
  element("link-media").href = `${world}/calls/${id}/media`;
  element("link-timeline").href = `${world}/calls/${id}/timeline`;
  element("heard").hidden = false;
}

// ---- The page ----

function item(head, text) {
  const made = document.createElement("li");
  made.append(Object.assign(document.createElement("code"), { textContent: head }), ` ${text}`);
  return made;
}

function show(text, failed = false) {
  element("status").textContent = text;
  element("status").className = failed ? "failed" : "";
}

function level(who) {
  const meter = element(`level-${who}`);
  return (rms, hz) => {
    const percent = Math.round(Math.min(1, rms * 4) * 100);
    meter.firstElementChild.style.width = `${percent}%`;
    meter.setAttribute("aria-valuenow", String(percent));
    element(`hz-${who}`).textContent = hz === null ? "" : `${Math.round(hz)} Hz`;
  };
}

function steps(status, connection) {
  const rank = ["INITIATED", "RINGING", "ACCEPTED"].indexOf(status);
  const reached = {
    placed: rank >= 0,
    ringing: rank >= 1,
    connected: connection === "connected",
    accepted: rank >= 2,
  };
  for (const step of element("steps").children) step.classList.toggle("reached", reached[step.dataset.step]);
}

function buttons(calling) {
  element("choices").disabled = calling;
  element("call").hidden = calling;
  element("be-called").hidden = calling;
  element("hang-up").hidden = !calling;
  element("accept").hidden = true;
  element("keys").hidden = true;
  steps("", "");
}

/** Runs what a button does, and says what went wrong. */
const act = (action) => (event) => {
  event.preventDefault();
  action().catch(async (error) => {
    show(error.message, true);
    // A call that doesn't exist leaves no microphone open.
    if (current?.id) return;
    buttons(false);
    await current?.audio?.close();
  });
};

for (const digit of "123456789*0#") {
  const key = Object.assign(document.createElement("button"), { type: "button", textContent: digit });
  key.addEventListener("click", () => pressKey(current.peer, digit));
  element("keys").append(key);
}

element("setup").addEventListener("submit", act(call));
element("be-called").addEventListener("click", act(beCalled));
element("hang-up").addEventListener("click", act(end));
element("accept").addEventListener("click", act(accept));
