import type { HeaderReader } from "../api/authenticate.ts";
import { isLocalPage } from "../api/local-page.ts";
import { type Refusal, refuse } from "../domain/refusals/refusal.ts";

/** Who may use the control API over HTTP. */
export interface ControlAccess {
  /** Needed on every request when it is set (`--control-token`); without one only local programs and pages may in. */
  readonly token: string | null;
}

const loopback = ["localhost", "127.0.0.1", "[::1]"];

/**
 * Refuses what could be another site's page: a foreign `Host` (DNS rebinding), a cross-site browser request, and, where
 * a token was set, a request without it (CTRL-042 to CTRL-045).
 *
 * @returns null when the request may pass
 */
export function refuseAccess(access: ControlAccess, header: HeaderReader): Refusal | null {
  if (access.token !== null) return refuseToken(access.token, header("authorization"));
  return refuseHost(header("host")) ?? refuseOrigin(header);
}

function refuseHost(host: string | undefined): Refusal | null {
  const name = host?.replace(/:\d+$/, "").toLowerCase() ?? "";
  if (name === "" || loopback.includes(name)) return null;
  return refuse("FOREIGN_HOST_REFUSED", {
    message: `The control API answers under ${loopback.join(", ")}, but the Host header was ${JSON.stringify(name.slice(0, 80))}.`,
  });
}

function refuseOrigin(header: HeaderReader): Refusal | null {
  const origin = header("origin");
  const welcome = origin === undefined ? header("sec-fetch-site") !== "cross-site" : isLocalPage(origin);
  if (welcome) return null;
  return refuse("CROSS_SITE_REFUSED", {
    message:
      "The control API is not for pages of other sites. Pages of http://localhost may use it, and programs that are no browser.",
  });
}

function refuseToken(token: string, authorization: string | undefined): Refusal | null {
  if (authorization === `Bearer ${token}`) return null;
  return refuse("CONTROL_TOKEN_REQUIRED", {
    message:
      "The control API of this sandbox needs its token. Send Authorization: Bearer and the value of --control-token.",
  });
}
