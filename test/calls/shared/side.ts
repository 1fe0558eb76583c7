import { expect } from "vitest";
import type { SandboxOptions } from "../../../mock/sandbox-options.ts";
import { type Answer, type TestSandbox, testSandbox } from "../../support/sandbox.ts";

/** What the shared suite has to know of a provider; everything that is not named here must be the same on both. */
export interface Side {
  readonly provider: "META" | "EVO_GO";
  /** The key of the provider's number in the world `default`. */
  readonly key: "meta" | "evo";
  readonly business: string;
  /** What has to be sent beside `to` to start a call. */
  readonly startBody: Readonly<Record<string, string>>;
  /** The body of `accept`; undefined where it takes none. */
  readonly acceptBody: Readonly<Record<string, string>> | undefined;
  /** Gets the person's permission, where the provider asks for one. */
  readonly permit: (sandbox: TestSandbox, phone: string) => Promise<unknown>;
  readonly differences: {
    /** The provider's own call id. */
    readonly externalCallId: RegExp;
    /** What the business can do with a call, by the state it is in. */
    readonly actions: { readonly ringing: readonly string[]; readonly live: readonly string[] };
    /** How a call to a phone that is out of reach fails. */
    readonly unreachable: { readonly errorCode: string };
  };
}

export const person = "+5511988887777";

/** A caller's and callee's view of one number, for tests that don't care which provider it is. */
export interface Desk {
  readonly sandbox: TestSandbox;
  readonly side: Side;
  readonly api: (method: string, path: string, body?: unknown) => Promise<Answer>;
  /** Starts a call, with whatever the provider needs for it, and answers its id. */
  readonly start: (to?: string, extra?: Readonly<Record<string, unknown>>) => Promise<string>;
  /** A person calls the business. */
  readonly ring: (from?: string) => Promise<string>;
  readonly accept: (id: string) => Promise<Answer>;
  /** The call as `GET /v1/calls/{callId}` shows it. */
  // biome-ignore lint/suspicious/noExplicitAny: a parsed answer in a test
  readonly call: (id: string) => Promise<any>;
  readonly person: (callId: string, action: "ring" | "answer" | "reject" | "hang-up" | "fail") => Promise<unknown>;
}

/** Sits down at the provider's number in a fresh sandbox. */
export function desk(side: Side, options: SandboxOptions = {}): Desk {
  const sandbox = testSandbox(options);
  const api = (method: string, path: string, body?: unknown) => sandbox.api(side.key, method, path, body);
  return {
    sandbox,
    side,
    api,
    start: async (to = person, extra = {}) => {
      await side.permit(sandbox, to);
      const started = await api("POST", "/calls", { to, ...side.startBody, ...extra });
      expect(started).toMatchObject({ status: 201, body: { status: "INITIATED" } });
      return started.body.id;
    },
    ring: async (from = person) => (await sandbox.control.createInboundCall({ to: side.business, from })).id,
    accept: (id) => api("POST", `/calls/${id}/accept`, side.acceptBody),
    call: async (id) => (await api("GET", `/calls/${id}`)).body,
    person: (callId, action) => sandbox.control.actAsPerson({ callId, action }),
  };
}
