/** Something about a verification that can't be done as it was asked for; the message names the remedy. */
export class VerifyMistake extends Error {
  override readonly name = "VerifyMistake";
}

/** Pact's verifier broke off, or was ended because it took too long; nobody knows what it would have found. */
export class PactBrokeOff extends Error {
  override readonly name = "PactBrokeOff";
}
