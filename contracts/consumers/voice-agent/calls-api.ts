import { type Dispatcher, request } from "undici";

/** A refusal of the API. */
export class Refused extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** The requests that the voice agent makes, with undici. */
export class CallsApi {
  readonly #baseUrl: string;
  readonly #apiKey: string;

  constructor(baseUrl: string, apiKey: string) {
    this.#baseUrl = baseUrl;
    this.#apiKey = apiKey;
  }

  async startCall(to: string): Promise<string> {
    const { id } = await this.#ask<{ readonly id: string }>("POST", "/v1/calls", { to });
    return id;
  }

  async getStatus(callId: string): Promise<string> {
    const { status } = await this.#ask<{ readonly status: string }>("GET", `/v1/calls/${callId}`);
    return status;
  }

  async playAudio(callId: string, mediaUrl: string): Promise<void> {
    await (await this.#send("POST", `/v1/calls/${callId}/play`, { mediaUrl })).dump();
  }

  /** @returns the address of the call's audio socket */
  async openRealtimeSession(callId: string): Promise<string> {
    const path = `/v1/calls/${callId}/realtime-session`;
    const { wsUrl } = await this.#ask<{ readonly wsUrl: string }>("POST", path, { mode: "talk" });
    return wsUrl;
  }

  async terminateCall(callId: string): Promise<void> {
    await (await this.#send("POST", `/v1/calls/${callId}/terminate`)).dump();
  }

  async #ask<Body>(method: "GET" | "POST", path: string, sent?: object): Promise<Body> {
    // A parsed border: the contract says what is in it.
    return (await (await this.#send(method, path, sent)).json()) as Body;
  }

  async #send(method: "GET" | "POST", path: string, sent?: object): Promise<Dispatcher.ResponseData["body"]> {
    const { statusCode, body } = await request(`${this.#baseUrl}${path}`, {
      method,
      headers: { "x-api-key": this.#apiKey, ...(sent === undefined ? {} : { "content-type": "application/json" }) },
      body: sent === undefined ? null : JSON.stringify(sent),
      headersTimeout: 20_000,
    });
    if (statusCode < 400) return body;
    const { code, error } = (await body.json()) as { readonly code: string; readonly error: string };
    throw new Refused(code, error);
  }
}
