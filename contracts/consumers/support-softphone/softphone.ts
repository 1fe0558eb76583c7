import axios, { type AxiosInstance, isAxiosError } from "axios";

/** A call as the list of the softphone shows it. */
export interface WaitingCall {
  readonly id: string;
  readonly peerNumber: string;
}

interface Call extends WaitingCall {
  readonly status: string;
  readonly direction: string;
}

/** `taken`: another agent was faster. `gone`: there is nobody to talk to any more. */
export type Taken = "talking" | "taken" | "gone";

/** What the buttons of a support desk's softphone do on a META number. */
export class Softphone {
  readonly #http: AxiosInstance;
  readonly #answerTo: (offer: string) => Promise<string>;

  /** @param answerTo makes the SDP answer: a WebRTC client of a browser, for instance */
  constructor(baseUrl: string, apiKey: string, answerTo: (offer: string) => Promise<string>) {
    this.#http = axios.create({ baseURL: baseUrl, headers: { "x-api-key": apiKey }, timeout: 20_000 });
    this.#answerTo = answerTo;
  }

  /** Who is calling right now, the longest waiting first. */
  async waiting(): Promise<readonly WaitingCall[]> {
    const { data } = await this.#http.get<{ calls: Call[] }>("/v1/calls", { params: { limit: 50 } });
    const ringing = data.calls.filter(({ status, direction }) => status === "RINGING" && direction === "INBOUND");
    return ringing.map(({ id, peerNumber }) => ({ id, peerNumber })).reverse();
  }

  /** Takes a call: the answer goes ahead with pre-accept, so that the first words are heard. */
  async take(callId: string): Promise<Taken> {
    try {
      const sdp = await this.#answerTo(await this.#offerOf(callId));
      await this.#http.post(`/v1/calls/${callId}/pre-accept`, { sdp, sdpType: "answer" });
      await this.#http.post(`/v1/calls/${callId}/accept`, { sdp, sdpType: "answer" });
      return "talking";
    } catch (error) {
      return lost(error);
    }
  }

  async decline(callId: string): Promise<"declined" | "taken" | "gone"> {
    try {
      await this.#http.post(`/v1/calls/${callId}/reject`);
      return "declined";
    } catch (error) {
      return lost(error);
    }
  }

  async #offerOf(callId: string): Promise<string> {
    const { data } = await this.#http.get<{ sdpOffer: string }>(`/v1/calls/${callId}`, { params: { includeSdp: 1 } });
    return data.sdpOffer;
  }
}

/** Why there is no call to be had; whatever else went wrong is thrown again. */
function lost(error: unknown): "taken" | "gone" {
  const refusal = isAxiosError<{ code: string; details?: { status?: string } }>(error)
    ? error.response?.data
    : undefined;
  if (refusal?.code === "CALL_NOT_FOUND") return "gone";
  if (refusal?.code === "INVALID_CALL_STATE") return refusal.details?.status === "ACCEPTED" ? "taken" : "gone";
  throw error;
}
