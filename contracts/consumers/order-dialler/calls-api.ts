/** What the API said: the body of a success, or why it refused. */
export type Reply<Body> =
  | { readonly ok: true; readonly body: Body }
  | { readonly ok: false; readonly code: string; readonly error: string };

interface PermissionProbe {
  readonly actions: readonly { readonly action_name: string; readonly can_perform_action: boolean }[];
}

/** The three requests that the dialler makes, with the `fetch` that comes with Node. */
export class CallsApi {
  readonly #baseUrl: string;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(baseUrl: string, apiKey: string) {
    this.#baseUrl = baseUrl;
    this.#headers = { "x-api-key": apiKey, "content-type": "application/json" };
  }

  getCallPermission(to: string): Promise<Reply<PermissionProbe>> {
    return this.#ask("GET", `/v1/calls/permissions?to=${encodeURIComponent(to)}`);
  }

  requestCallPermission(to: string, text: string): Promise<Reply<{ readonly messageId: string }>> {
    return this.#ask("POST", "/v1/calls/permissions/request", { to, text });
  }

  startCall(to: string, sdp: string, bizOpaqueCallbackData: string): Promise<Reply<{ readonly id: string }>> {
    return this.#ask("POST", "/v1/calls", { to, sdp, sdpType: "offer", bizOpaqueCallbackData });
  }

  async #ask<Body>(method: string, path: string, body?: object): Promise<Reply<Body>> {
    const response = await fetch(`${this.#baseUrl}${path}`, {
      method,
      headers: this.#headers,
      signal: AbortSignal.timeout(20_000),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    // A parsed border: the contract says what is in it.
    const answer = (await response.json()) as Body & { readonly code: string; readonly error: string };
    return response.ok ? { ok: true, body: answer } : { ok: false, code: answer.code, error: answer.error };
  }
}
