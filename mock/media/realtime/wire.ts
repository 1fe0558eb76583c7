/** A connection to one client, whatever carries it: a socket of `ws`, or one that msw intercepts. */
export interface Wire {
  readonly send: (bytes: Uint8Array) => void;
  readonly sendText: (text: string) => void;
  readonly ping: () => void;
  /** Bytes that were sent and that the client has not taken yet. */
  readonly unread: () => number;
  readonly close: (code: number, reason: string) => void;
  /** Ends the connection without a word: the client sees 1006. */
  readonly cut: () => void;
  /** The connection has ended by itself. */
  readonly gone?: () => void;
}
