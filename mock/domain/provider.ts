/** The two providers behind the Calls API, and every other kind of number, which has no calling (seed, first note). */
export type Provider = "META" | "EVO_GO" | "OTHER";

/** The providers that carry calls. */
export type CallingProvider = Exclude<Provider, "OTHER">;
