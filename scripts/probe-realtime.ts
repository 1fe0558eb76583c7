import { createInterface } from "node:readline/promises";
import { type Flags, runScript, ScriptError } from "./lib/script.ts";
import { checkSettings, type ProbeSettings, probe } from "./probe/probe.ts";
import { report } from "./probe/report.ts";

async function run(flags: Flags): Promise<null> {
  const settings = settingsFrom(flags);
  checkSettings(settings);
  await agree(flags, settings);
  const found = await probe(settings, (line) => console.error(line));
  const { token, wsUrl } = found.session;
  const { key, callId, api } = settings;
  const hosts = [new URL(wsUrl).hostname, new URL(api).hostname];
  console.log(report(found, [key, key.replace(/^ps_/, ""), callId, token, ...hosts]));
  return null;
}

function settingsFrom(flags: Flags): ProbeSettings {
  const needed = (name: string, otherwise?: string): string => {
    const value = flags[name] ?? otherwise;
    if (typeof value === "string" && value !== "") return value;
    throw new ScriptError(`--${name} is missing`, "node scripts/probe-realtime.ts --help", 2);
  };
  return {
    api: needed("api"),
    key: needed("key", process.env["CALLS_API_KEY"]),
    callId: needed("call"),
    listenSeconds: Number(flags["listen"] ?? 10),
    waitSeconds: Number(flags["wait"] ?? 60),
    burst: flags["burst"] === true,
    text: flags["text"] === true,
    closeFirst: flags["close"] === true,
  };
}

/** Nothing happens on somebody's call before they said yes. */
async function agree(flags: Flags, settings: ProbeSettings): Promise<void> {
  if (flags["yes"] === true) return;
  const plan = [
    "This opens realtime sockets on your call. The person on the phone hears silence from you meanwhile,",
    ...(settings.burst ? ["then 20 s of a quiet tone,"] : []),
    ...(settings.closeFirst ? ["and the call may end when the socket is closed,"] : []),
    "and the minutes cost what your provider charges. No call is placed, answered or ended.",
  ].join("\n");
  if (!process.stdin.isTTY) throw new ScriptError(plan, "add --yes if that is fine", 2);
  const line = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await line.question(`${plan}\nGo on? (yes/no) `);
  line.close();
  if (!/^y(es)?$/i.test(answer.trim())) throw new ScriptError("Nothing was done.", "answer yes, or add --yes", 2);
}

await runScript({
  command: "node scripts/probe-realtime.ts",
  summary: [
    "Measures the realtime socket of a real EVO_GO call, and prints a report without keys, tokens or numbers,",
    "with the --realtime options that make the sandbox behave the same. Start it while a call is answered.",
  ].join("\n"),
  options: {
    api: { type: "string", help: "where the API is, such as https://pilotstatus.com.br" },
    key: { type: "string", help: "the API key of the number; CALLS_API_KEY in the environment does as well" },
    call: { type: "string", help: "id of a call on an EVO_GO number that is going on" },
    yes: { type: "boolean", help: "don't ask before anything happens on the call" },
    listen: { type: "string", help: "seconds to listen (10)" },
    wait: { type: "string", help: "seconds to wait for the person to hang up (60)" },
    burst: { type: "boolean", help: "also send 20 s of a quiet tone at once; the person hears it" },
    text: { type: "boolean", help: "also send a text message, which may close the socket" },
    close: { type: "boolean", help: "also close the socket first, which may end the call" },
  },
  run,
});
