/** A webhook whose sender can't be trusted: answer 401 and do nothing else. */
export class WebhookSignatureError extends Error {
  override readonly name = "WebhookSignatureError";

  constructor(found: string, expected: string, remedy: string) {
    super(`The webhook is not accepted: ${found}. Expected ${expected}. ${remedy}`);
  }
}

/** A webhook whose body is no event: answer 400. */
export class WebhookBodyError extends Error {
  override readonly name = "WebhookBodyError";

  constructor(text: string) {
    const begins = text === "" ? "nothing" : JSON.stringify(text.slice(0, 80));
    super(
      `The webhook can't be read: a JSON object was expected, but the body is ${begins}. Pass the request's body as it came.`,
    );
  }
}
