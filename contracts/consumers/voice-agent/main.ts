import { repeating } from "./audio.ts";
import { CallsApi } from "./calls-api.ts";
import { callAndTalk } from "./voice-agent.ts";

// CALLS_URL=http://127.0.0.1:4010 CALLS_KEY=ps_sandbox_evo node main.ts +5511988887777 https://cdn.example.com/hello.mp3
const [to = "", greeting = ""] = process.argv.slice(2);
const { CALLS_URL = "https://pilotstatus.com.br", CALLS_KEY = "" } = process.env;
console.log(await callAndTalk(new CallsApi(CALLS_URL, CALLS_KEY), { to, greeting, converse: repeating(5_000) }));
