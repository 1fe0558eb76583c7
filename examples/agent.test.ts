// A test that says what a voice agent must have said: without a port, and without waiting (docs/realtime.md).
import { synth } from "calls-sandbox/media";
import { createSandbox, handlersFor } from "calls-sandbox/msw";
import { setupServer } from "msw/node";
import { afterAll, beforeAll, expect, test } from "vitest";

const sandbox = createSandbox({ clock: "virtual" });
const server = setupServer(...handlersFor(sandbox));
beforeAll(() => server.listen());
afterAll(async () => {
  server.close();
  await sandbox.close();
});

/** The agent under test: once somebody speaks it says something, here a tone of 1,000 Hz for two seconds. */
async function agent(wsUrl: string): Promise<void> {
  const socket = new WebSocket(wsUrl);
  socket.binaryType = "arraybuffer";
  socket.onmessage = ({ data }) => {
    if (!new Int16Array(data).some((sample) => sample > 1_000)) return;
    socket.onmessage = null;
    socket.send(synth("1000/2000", { ms: 2_000 }));
  };
  await new Promise((resolve) => socket.addEventListener("open", resolve));
}

async function post(path: string, body: object) {
  const headers = { "x-api-key": "ps_sandbox_evo", "content-type": "application/json" };
  const init = { method: "POST", headers, body: JSON.stringify(body) };
  return (await fetch(`https://pilotstatus.com.br/v1${path}`, init)).json();
}

test("the agent answers whoever speaks to it", async () => {
  const { id } = await post("/calls", { to: "+5511977776666" });
  await sandbox.control.advanceClock({ by: "PT1S" }); // they pick up
  const { wsUrl } = await post(`/calls/${id}/realtime-session`, { mode: "talk" });
  await agent(wsUrl);
  await sandbox.control.advanceClock({ by: "PT5S" });

  const { client, person, warnings } = await sandbox.control.getMedia({ callId: id });
  expect(person.firstAudioAt).not.toBeNull();
  expect(client.dominantHz).toContain(1_000);
  expect(client).toMatchObject({ frames: 34, gaps: 0, droppedBytes: 0 }); // 2 s in frames of 60 ms
  expect(warnings).toEqual([]);
});
