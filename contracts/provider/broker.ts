import { isMap, itemsOf, valueAt } from "../../mock/config/path.ts";
import { NoAnswer } from "../http/bounded-fetch.ts";
import { type Answer, ask } from "./ask.ts";
import { VerifyMistake } from "./mistake.ts";
import type { Pact } from "./pact.ts";
import type { ConsumerVersionSelector } from "./pact-run.ts";
import { readPact } from "./read-pact.ts";

/** A Pact Broker, or PactFlow, and which of its pacts are meant. */
export interface BrokerSource {
  readonly url: string;
  readonly provider: string;
  readonly token?: string | undefined;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly selectors: readonly ConsumerVersionSelector[];
  readonly pending: boolean;
  readonly wipSince?: string | undefined;
  readonly publish: boolean;
  readonly version?: string | undefined;
  readonly branch?: string | undefined;
  readonly tags: readonly string[];
  readonly buildUrl?: string | undefined;
}

type Json = Readonly<Record<string, unknown>>;

/** Asks a broker for what Pact's verifier itself does not tell; each request has its time limit. */
export class Broker {
  readonly #source: BrokerSource;
  readonly #timeoutMs: number;

  constructor(source: BrokerSource, timeoutMs: number) {
    this.#source = source;
    this.#timeoutMs = timeoutMs;
  }

  /**
   * The pacts that are to be verified: the same that Pact's verifier will fetch, to look into them before it runs.
   *
   * @throws VerifyMistake when the broker is out of reach, refuses, or has none
   */
  async pacts(): Promise<readonly Pact[]> {
    const { provider, selectors, pending, wipSince, branch, tags } = this.#source;
    const index = await this.#ask("GET", this.#source.url);
    const template = valueAt(index, ["_links", "pb:provider-pacts-for-verification", "href"]);
    if (typeof template !== "string") {
      throw new VerifyMistake(
        `${this.#source.url} is no Pact Broker, or one that is too old: it offers no pacts for verification. Give its base address with --broker-url.`,
      );
    }
    const list = await this.#ask("POST", template.replace("{provider}", encodeURIComponent(provider)), {
      consumerVersionSelectors: selectors,
      includePendingStatus: pending,
      ...(wipSince === undefined ? {} : { includeWipPactsSince: wipSince }),
      ...(branch === undefined ? {} : { providerVersionBranch: branch }),
      ...(tags.length === 0 ? {} : { providerVersionTags: tags }),
    });
    const hrefs = itemsOf(valueAt(list, ["_embedded", "pacts"])).map((pact) =>
      valueAt(pact, ["_links", "self", "href"]),
    );
    if (hrefs.length === 0) {
      throw new VerifyMistake(
        `The broker has no pacts for the provider ${provider} that fit the selectors. Check --provider and --selector.`,
      );
    }
    return Promise.all(
      hrefs.map(async (href) => readPact(JSON.stringify(await this.#ask("GET", String(href))), String(href))),
    );
  }

  /**
   * Whether the version may go to an environment: what `pact-broker can-i-deploy` asks.
   *
   * @returns the broker's verdict and its reason
   */
  async canIDeploy(environment: string): Promise<{ readonly deployable: boolean; readonly reason: string }> {
    const { provider, version = "" } = this.#source;
    const query = new URLSearchParams({ pacticipant: provider, version, environment });
    const answer = await this.#ask("GET", `${this.#source.url.replace(/\/+$/, "")}/can-i-deploy?${query}`);
    const reason = valueAt(answer, ["summary", "reason"]);
    const deployable = valueAt(answer, ["summary", "deployable"]) === true;
    return { deployable, reason: typeof reason === "string" ? reason : "The broker gave no reason." };
  }

  async #ask(method: string, url: string, body?: Json): Promise<unknown> {
    const { ok, status, text, json } = await this.#send(method, url, body);
    if (ok) return json;
    if (status === 401 || status === 403) {
      throw new VerifyMistake(
        `The broker at ${this.#source.url} refused access (${status}). Give --broker-token, or --broker-username and --broker-password.`,
      );
    }
    const said = isMap(json) ? JSON.stringify(json["errors"] ?? json["error"] ?? json) : text;
    throw new VerifyMistake(
      `The broker answered ${method} ${url} with ${status}: ${said.slice(0, 500)}. Check --broker-url.`,
    );
  }

  async #send(method: string, url: string, body?: Json): Promise<Answer> {
    const headers = {
      accept: "application/hal+json, application/json",
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      // A broker may link anywhere, and its token is for nobody else.
      ...(new URL(url).origin === new URL(this.#source.url).origin ? this.#authorization() : {}),
    };
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    try {
      return await ask(url, { method, headers, ...sent }, this.#timeoutMs);
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      throw new VerifyMistake(
        `The broker at ${this.#source.url} ${error.message}. Check --broker-url, or raise --timeout.`,
      );
    }
  }

  #authorization(): Readonly<Record<string, string>> {
    const { token, username, password } = this.#source;
    if (token !== undefined) return { authorization: `Bearer ${token}` };
    if (username === undefined) return {};
    return { authorization: `Basic ${Buffer.from(`${username}:${password ?? ""}`).toString("base64")}` };
  }
}
