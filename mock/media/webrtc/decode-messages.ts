/** When a packet came, and where its audio belongs. */
export interface PacketTag {
  /** World time. */
  readonly at: number;
  /** Samples since the answer. */
  readonly place: number;
}

export type ToDecoder =
  | { readonly do: "decode"; readonly client: number; readonly packet: Uint8Array; readonly tag: PacketTag }
  | { readonly do: "close"; readonly client: number };

export type FromDecoder =
  | {
      readonly what: "audio";
      readonly client: number;
      readonly samples: Int16Array<ArrayBuffer>;
      readonly tag: PacketTag;
    }
  | { readonly what: "unreadable"; readonly client: number; readonly reason: string }
  | { readonly what: "closed"; readonly client: number };
