import { readFile } from "node:fs/promises";
import { CallsApi } from "./calls-api.ts";
import { dial } from "./order-dialler.ts";

// CALLS_URL=http://127.0.0.1:4010 CALLS_KEY=ps_sandbox_meta node main.ts order-42 +5511999999999 offer.sdp
const [id = "", phone = "", offerFile = ""] = process.argv.slice(2);
const { CALLS_URL = "https://pilotstatus.com.br", CALLS_KEY = "" } = process.env;
const api = new CallsApi(CALLS_URL, CALLS_KEY);
console.log(JSON.stringify(await dial(api, { id, phone }, await readFile(offerFile, "utf8"))));
