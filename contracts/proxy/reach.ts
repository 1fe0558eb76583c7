import { connect, isIP } from "node:net";
import { connect as connectTls } from "node:tls";
import { targetFailed } from "./gateway-error.ts";
import { type Target, TargetError } from "./target.ts";

/** How long a connection may take to come about. */
const patienceMs = 10_000;

/**
 * Opens a connection to a target and closes it again, without a request.
 *
 * @throws TargetError when none comes about, or the target's certificate is not trusted
 */
export async function reach({ origin, href }: Target): Promise<void> {
  const secure = origin.protocol === "https:";
  const host = origin.hostname.replace(/^\[|\]$/g, "");
  const port = Number(origin.port || (secure ? 443 : 80));
  await new Promise<void>((resolve, reject) => {
    const socket = secure
      ? connectTls({ host, port, ...(isIP(host) === 0 ? { servername: host } : {}) })
      : connect({ host, port });
    const fail = (error: NodeJS.ErrnoException) => {
      socket.destroy();
      reject(new TargetError(targetFailed(href, error).error.replace(/^calls-sandbox proxy: /, "")));
    };
    socket.setTimeout(patienceMs, () => fail(Object.assign(new Error("no answer"), { code: "ETIMEDOUT" })));
    socket.on("error", fail);
    socket.on(secure ? "secureConnect" : "connect", () => {
      socket.destroy();
      resolve();
    });
  });
}
