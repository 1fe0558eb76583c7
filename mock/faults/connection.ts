/** The client's end of a request, where a door has one that can be cut off. */
export interface Connection {
  /** Ends the connection at once, without an answer. */
  reset(): void;
}

/** What a door hands in beside a request. */
export interface DoorContext {
  readonly connection?: Connection;
}

/**
 * A fault rule has cut the connection: there is no answer. In process it rejects the fetch, as a lost connection rejects
 * that of a browser or of Node (CTRL-061).
 */
export class ConnectionReset extends TypeError {
  override readonly name = "ConnectionReset";
  readonly code = "ECONNRESET";

  constructor(rule: string) {
    super(`fetch failed: the fault rule ${rule} reset the connection`);
  }
}
