import { isIPv6 } from "node:net";
import {
  RTCDtlsFingerprint,
  RTCDtlsParameters,
  RTCDtlsTransport,
  RTCIceGatherer,
  RTCIceParameters,
  RTCIceTransport,
  RtpHeader,
  type RtpPacket,
} from "werift";

/** AEAD_AES_128_GCM and AES128_CM_HMAC_SHA1_80 (RFC 7714 §14.2, RFC 5764 §4.1.2). */
const srtpProfiles: readonly (1 | 7)[] = [7, 1];

export interface ConnectionOptions {
  readonly iceUfrag: string;
  readonly icePwd: string;
  /** The address that clients will use; it only decides between IPv4 and IPv6. */
  readonly address: string;
  readonly ports: { readonly from: number; readonly to: number } | null;
  /** A packet of the client's, decrypted. */
  readonly received: (packet: RtpPacket) => void;
  /** The client sent RTCP. */
  readonly receivedReport: () => void;
}

/** What a client's SDP says of its side. */
export interface RemoteSide {
  readonly iceUfrag: string;
  readonly icePwd: string;
  readonly fingerprint: string;
}

/** Ports are tried one after the other, so two calls must not look for one at the same time. */
let gathering: Promise<unknown> = Promise.resolve();

/**
 * One DTLS-SRTP path to a client. It is ICE lite: it answers the client's checks and makes none of its own, so it needs
 * none of the client's candidates (meta-calling §5.1). It is the DTLS server (realtime-media §6.2).
 */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #ice: RTCIceTransport;
  readonly #dtls: RTCDtlsTransport;
  #closing: Promise<void> | null = null;

  private constructor(options: ConnectionOptions, ice: RTCIceTransport, dtls: RTCDtlsTransport) {
    this.#options = options;
    this.#ice = ice;
    this.#dtls = dtls;
    dtls.onRtp.subscribe((packet) => this.#options.received(packet));
    dtls.onRtcp.subscribe(() => this.#options.receivedReport());
  }

  /**
   * Opens a UDP port.
   *
   * @throws Error when there is no free port
   */
  static async open(options: ConnectionOptions): Promise<Connection> {
    const { address, ports, iceUfrag, icePwd } = options;
    const gatherer = new RTCIceGatherer({
      iceLite: true,
      useIpv4: false,
      useIpv6: false,
      useTcp: false,
      // The one socket listens on all addresses of its family, whichever of them a client uses.
      additionalHostAddresses: [isIPv6(address) ? "::1" : "127.0.0.1"],
      ...(ports === null ? {} : { portRange: [ports.from, ports.to] as [number, number] }),
    });
    gatherer.connection.localUsername = iceUfrag;
    gatherer.connection.localPassword = icePwd;
    const ice = new RTCIceTransport(gatherer);
    const certificate = await RTCDtlsTransport.SetupCertificate();
    const dtls = new RTCDtlsTransport({}, ice, certificate, [...srtpProfiles]);
    dtls.role = "server";
    const turn = gathering.then(() => ice.gather());
    gathering = turn.catch(() => undefined);
    await turn;
    if (ice.localCandidates.length > 0) return new Connection(options, ice, dtls);
    await dtls.stop();
    const range = ports === null ? "" : ` from ${ports.from} to ${ports.to}`;
    throw new Error(`there is no free UDP port${range}`);
  }

  /** The UDP port on which clients are awaited. */
  get port(): number {
    return this.#ice.localCandidates[0]?.port ?? 9;
  }

  /** SHA-256 of the certificate, in upper-case hexadecimal with colons. */
  get fingerprint(): string {
    return (this.#dtls.localParameters.fingerprints[0]?.value ?? "").toUpperCase();
  }

  /** Where the client's packets come from; null before it is known. */
  get remoteAddress(): string | null {
    const pair = this.#ice.connection.nominated;
    return pair === undefined ? null : pair.remoteAddr.join(":");
  }

  /**
   * Waits for the client to connect, for as long as it takes.
   *
   * @throws Error when the handshake fails; it also throws when the connection is closed meanwhile
   */
  async connect({ iceUfrag, icePwd, fingerprint }: RemoteSide): Promise<void> {
    this.#ice.setRemoteParams(new RTCIceParameters({ iceLite: false, usernameFragment: iceUfrag, password: icePwd }));
    this.#dtls.setRemoteParams(new RTCDtlsParameters([new RTCDtlsFingerprint("sha-256", fingerprint)], "client"));
    await this.#ice.start();
    if (this.#closing !== null) throw new Error("the connection was closed");
    await this.#dtls.start();
  }

  /** Whether media can flow. */
  get up(): boolean {
    return this.#closing === null && this.#dtls.state === "connected";
  }

  /** Sends one packet; a client that is gone just doesn't get it. */
  send(
    payload: Uint8Array,
    header: { payloadType: number; sequence: number; timestamp: number; ssrc: number; marker: boolean },
  ): void {
    if (!this.up) return;
    const { payloadType, sequence, timestamp, ssrc, marker } = header;
    const rtp = new RtpHeader({ version: 2, payloadType, sequenceNumber: sequence, timestamp, ssrc, marker });
    const bytes = Buffer.isBuffer(payload) ? payload : Buffer.from(payload);
    this.#dtls.sendRtp(bytes, rtp).catch(() => undefined);
  }

  /** Gives the port back. */
  close(): Promise<void> {
    this.#closing ??= this.#dtls.stop();
    return this.#closing;
  }
}
