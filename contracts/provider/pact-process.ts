import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { VerifierOptions } from "@pact-foundation/pact";
import { isMap } from "../../mock/config/path.ts";
import { ask } from "./ask.ts";
import { Overhearing } from "./overhear.ts";
import type { FromPact, PactRun, Refused } from "./pact-run.ts";

/**
 * Pact's verifier in a process of its own: its native library writes to the terminal by itself and can't be interrupted,
 * and this process can be silenced and ended. Whoever started it sends what to do, and hears what came of it.
 */
process.once("message", (run: PactRun) => {
  verify(run).then(answer, (error: unknown) => answer({ failed: textOf(error) }));
});

function answer(message: FromPact): void {
  process.send?.(message, () => process.disconnect());
}

async function verify(run: PactRun): Promise<FromPact> {
  const pact = await import("@pact-foundation/pact").catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND") return null;
    throw error;
  });
  if (pact === null) return { missing: true };
  const refused: Refused[] = [];
  const overhearing = new Overhearing();
  const heard = () => ({ refused, errors: overhearing.errors, interactions: overhearing.interactions });
  const sandbox = asker(run, refused);
  const states = await listen(sandbox, overhearing);
  const { port } = states.address() as AddressInfo;
  const messageProviders = Object.fromEntries(
    run.messages.map((description) => [description, (message: object) => tell(sandbox, message)]),
  );
  try {
    // The options came as JSON, which left out what is undefined.
    const options = run.options as VerifierOptions;
    const requestFilter = (_: unknown, response: ServerResponse, next: () => void) => {
      overhearing.answer(response);
      next();
    };
    const own = { providerStatesSetupUrl: `http://127.0.0.1:${port}`, messageProviders, requestFilter };
    const verifier = new pact.Verifier({ ...options, ...own });
    return { report: String(await verifier.verifyProvider()), ...heard() };
  } catch (error) {
    // The same report, with a failure in it, is what the verifier rejects with.
    return { report: textOf(error), ...heard() };
  } finally {
    states.close();
    states.closeAllConnections();
  }
}

type Sandbox = (path: string, body: string) => Promise<{ readonly status: number; readonly text: string }>;

/** What Pact's library is told of a refusal: it repeats a request that was answered with a 5xx, and waits in between. */
const failedDependency = 424;

/** Asks the sandbox, and keeps what it refuses: Pact tells of a refusal no more than its status. */
function asker({ pactUrl, controlToken, timeoutMs }: PactRun, refused: Refused[]): Sandbox {
  const authorization = controlToken === null ? {} : { authorization: `Bearer ${controlToken}` };
  return async (path, body) => {
    const headers = { "content-type": "application/json", ...authorization };
    try {
      const answer = await ask(`${pactUrl}${path}`, { method: "POST", headers, body }, timeoutMs);
      if (answer.ok) return answer;
      refused.push({ about: aboutOf(body), message: errorOf(answer.text) });
    } catch (error) {
      refused.push({ about: aboutOf(body), message: `The sandbox ${textOf(error)}, at ${pactUrl}${path}.` });
    }
    return { status: failedDependency, text: "{}" };
  };
}

/** The address that Pact's library knows as the provider-state callback. */
async function listen(sandbox: Sandbox, overhearing: Overhearing): Promise<Server> {
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const part of request.setEncoding("utf8")) body += part;
    const { status, text } = await sandbox("/provider-states", body);
    overhearing.state(fieldsOf(body)["action"], status !== failedDependency);
    response.writeHead(status, { "content-type": "application/json" }).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

async function tell(sandbox: Sandbox, message: object) {
  const { status, text } = await sandbox("/messages", JSON.stringify(message));
  if (status !== 200) throw new Error("The sandbox has not sent this message.");
  return { __pactMessageMetadata: { contentType: "application/json" }, message: JSON.parse(text) };
}

function aboutOf(body: string): string {
  const { state, description } = fieldsOf(body);
  return String(description ?? state ?? "");
}

function errorOf(text: string): string {
  const { error } = fieldsOf(text);
  return typeof error === "string" ? error : text;
}

function fieldsOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const json: unknown = JSON.parse(text);
    return isMap(json) ? json : {};
  } catch {
    return {};
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
