/** How a file that was played came to its end. */
export type ClipEnd = "finished" | "replaced" | "call ended";

/** Audio that the business side says in place of the talk socket, from the moment it is handed over. */
export interface Clip {
  /** At the rate of the call. */
  readonly samples: Int16Array;
  /** Its first frame is heard. */
  readonly began: () => void;
  /** Nothing more of it is heard. */
  readonly over: (how: ClipEnd) => void;
}
