// Says a tone of 1,000 Hz to the newest EVO_GO call, and asserts that the person says it back (docs/realtime.md).
import { expectTone, synth } from "calls-sandbox/media";

const calls = `${process.env.CALLS_SANDBOX ?? "http://127.0.0.1:4010"}/v1/calls`;
const headers = { "x-api-key": "ps_sandbox_evo", "content-type": "application/json" };
const ask = async (url, more) => (await fetch(url, { headers, ...more })).json();

const [call] = (await ask(`${calls}?limit=1`)).calls;
const { wsUrl } = await ask(`${calls}/${call.id}/realtime-session`, { method: "POST", body: '{"mode":"talk"}' });
const socket = new WebSocket(wsUrl);
socket.binaryType = "arraybuffer";
const heard = [];
socket.onmessage = ({ data }) => {
  if (heard.length === 0) socket.send(synth("1000/2000", { ms: 2_000 })); // sound means that they have answered
  if (heard.push(...new Int16Array(data)) >= 48_000) socket.close();
};
socket.onclose = () => console.log(expectTone(Int16Array.from(heard.slice(16_000, 32_000)), { hz: 1_000 }));
