import type { Case } from "../../contracts/conformance/case.ts";
import { playCase } from "../../contracts/conformance/play-case.ts";
import type { Receiver } from "../../contracts/conformance/receiver.ts";
import { sandboxTarget } from "../../contracts/conformance/targets/sandbox-target.ts";
import { sendInProcess } from "../../contracts/http/send.ts";
import type { MockModule } from "./build-mock.ts";

/** Who noticed a fault, and how it was put. */
export interface Noticed {
  readonly by: string;
  readonly message: string;
}

/**
 * Plays cases against a mock until the first that fails.
 *
 * @param cases in the order in which they are played
 * @returns null when every case passed: the fault went by unnoticed
 */
export async function noticedByCases(
  mock: MockModule,
  cases: readonly Case[],
  receiver: Receiver,
): Promise<Noticed | null> {
  const sandbox = mock.createSandbox({ webrtc: false });
  const media = await mock.listenMedia(sandbox, { host: "127.0.0.1", port: 0 });
  sandbox.setMediaUrl(media.url);
  const { control, secrets, app } = sandbox;
  const target = sandboxTarget({ send: sendInProcess(app), control, receiver, secrets });
  try {
    for (const each of cases) {
      const { id, failure } = await playCase(each, target);
      if (failure !== null) return { by: id, message: `${failure.step}: ${failure.message}` };
    }
    return null;
  } finally {
    await media.close();
    await sandbox.close();
  }
}

/** The cases of an area first, then all others in their order. */
export function nearestFirst(cases: readonly Case[], area: string): readonly Case[] {
  const isNear = ({ behaviours }: Case) => behaviours.some((id) => id.slice(0, -4) === area);
  return [...cases.filter(isNear), ...cases.filter((each) => !isNear(each))];
}
