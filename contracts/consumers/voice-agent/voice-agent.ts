import { setTimeout as sleep } from "node:timers/promises";
import { type CallsApi, Refused } from "./calls-api.ts";

/** What became of a call. */
export type Outcome = "talked" | "not answered" | "the number is offline" | "the number can't make calls";

/** Talks to whoever is at the other end of a realtime socket, and resolves when there is nothing left to say. */
export type Converse = (wsUrl: string) => Promise<void>;

export interface Errand {
  readonly to: string;
  /** An audio file on the web: the words that every call begins with. */
  readonly greeting: string;
  readonly converse: Converse;
}

/** Calls a person on an EVO_GO number, greets them with a recording, and leaves the rest to an agent. */
export async function callAndTalk(api: CallsApi, { to, greeting, converse }: Errand): Promise<Outcome> {
  try {
    const id = await api.startCall(to);
    // Waits for the answer, so that nobody misses the first words.
    await api.playAudio(id, greeting);
    if (!(await answered(api, id))) return "not answered";
    await converse(await api.openRealtimeSession(id));
    await hangUp(api, id);
    return "talked";
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (error.code === "WHATSAPP_INSTANCE_NOT_CONNECTED") return "the number is offline";
    if (error.code === "FEATURE_NOT_SUPPORTED") return "the number can't make calls";
    throw error;
  }
}

async function answered(api: CallsApi, callId: string): Promise<boolean> {
  for (;;) {
    const status = await api.getStatus(callId);
    if (status !== "INITIATED" && status !== "RINGING") return status === "ACCEPTED";
    await sleep(500);
  }
}

/** A call that the person has ended meanwhile can't be ended again, and that is fine. */
async function hangUp(api: CallsApi, callId: string): Promise<void> {
  try {
    await api.terminateCall(callId);
  } catch (error) {
    if (!(error instanceof Refused && error.code === "INVALID_CALL_STATE")) throw error;
  }
}
