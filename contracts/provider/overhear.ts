import type { ServerResponse } from "node:http";
import { isMap } from "../../mock/config/path.ts";
import type { AnsweredWithError } from "./pact-run.ts";

/**
 * Hears which answers of the API are errors, and in which interaction: Pact's report has their status, and never their
 * text. Pact sets the states of an interaction up, makes its request, and tears its states down; an interaction whose
 * states can't be set up ends there.
 */
export class Overhearing {
  readonly #heard: AnsweredWithError[] = [];
  #begun = 0;
  #isInside = false;

  /** How many interactions have begun. */
  get interactions(): number {
    return this.#begun;
  }

  get errors(): readonly AnsweredWithError[] {
    return this.#heard;
  }

  /** A state is set up or torn down; to be told in the order of the callbacks. */
  state(action: unknown, isDone: boolean): void {
    if (action !== "teardown" && !this.#isInside) this.#begun += 1;
    this.#isInside = action !== "teardown" && isDone;
  }

  /** Follows an answer while it is written. */
  answer(response: ServerResponse): void {
    const interaction = this.#begun - 1;
    const parts: Buffer[] = [];
    const write = response.write.bind(response);
    Object.assign(response, {
      write: (...given: Parameters<typeof write>) => {
        parts.push(Buffer.from(given[0]));
        return write(...given);
      },
    });
    response.on("finish", () => {
      const said = saidIn(Buffer.concat(parts).toString("utf8"));
      if (response.statusCode >= 400 && said !== null) this.#heard.push({ interaction, said });
    });
  }
}

/** The `code` and `error` of an error body, or null when it has neither. */
function saidIn(body: string): string | null {
  try {
    const json: unknown = JSON.parse(body);
    const { code, error } = isMap(json) ? json : {};
    return [code, error].filter((each) => typeof each === "string").join(": ") || null;
  } catch {
    return null;
  }
}
