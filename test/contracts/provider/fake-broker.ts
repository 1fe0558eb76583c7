import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** What a broker was asked. */
export interface BrokerRequest {
  readonly method: string;
  readonly url: string;
  readonly authorization: string | undefined;
  readonly body: unknown;
}

export interface FakeBroker {
  readonly url: string;
  readonly requests: BrokerRequest[];
}

/**
 * A Pact Broker with one pact, as far as verification uses one: its index, the pacts for verification, the results, the
 * provider's branches and tags, and can-i-deploy.
 *
 * @param of the pact; whether it is pending; whether the version may be deployed; its token; whether it takes no results
 */
export async function fakeBroker(of: {
  pact: object;
  pending?: boolean;
  deployable?: boolean;
  token?: string;
  readOnly?: boolean;
  /** Where its links point, if not to itself. */
  linksTo?: string;
}): Promise<FakeBroker> {
  const requests: BrokerRequest[] = [];
  const server = createServer(async (request, response) => {
    const { method = "", url: path = "", headers } = request;
    const { authorization } = headers;
    requests.push({ method, url: path, authorization, body: await bodyOf(request) });
    const answer =
      of.token !== undefined && authorization !== `Bearer ${of.token}` ? { status: 401 } : answerTo(method, path);
    response.writeHead(answer.status, { "content-type": "application/hal+json" });
    response.end(JSON.stringify(answer.json ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const link = (href: string) => ({ href: (of.linksTo ?? url) + href });
  const template = (href: string) => ({ ...link(href), templated: true });
  const answers: Readonly<Record<string, object>> = {
    "GET /": {
      _links: {
        "pb:provider-pacts-for-verification": template("/pacts/provider/{provider}/for-verification"),
      },
    },
    "POST /pacts/provider/calls-api/for-verification": {
      _embedded: {
        pacts: [
          {
            shortDescription: "latest from main",
            verificationProperties: {
              pending: of.pending === true,
              notices: [
                { when: "before_verification", text: "This pact is there because it is the latest from main." },
              ],
            },
            _links: { self: { ...link("/pact"), name: "Pact" } },
          },
        ],
      },
    },
    // Pact's library looks whether it is there before it asks.
    "GET /pacts/provider/calls-api/for-verification": {
      _links: { self: link("/pacts/provider/calls-api/for-verification") },
    },
    "GET /pact": {
      ...of.pact,
      _links: {
        self: link("/pact"),
        "pb:provider": link("/pacticipants/calls-api"),
        "pb:publish-verification-results": link("/results"),
      },
    },
    "GET /pacticipants/calls-api": {
      _links: {
        self: link("/pacticipants/calls-api"),
        "pb:version-tag": template("/pacticipants/calls-api/versions/{version}/tags/{tag}"),
        "pb:branch-version": template("/pacticipants/calls-api/branches/{branch}/versions/{version}"),
      },
    },
    "POST /results": { _links: { self: link("/results/1") } },
  };
  const answerTo = (method: string, path: string): { status: number; json?: object } => {
    if (path.startsWith("/can-i-deploy?")) {
      const reason = of.deployable === true ? "All is verified." : "There is no verified pact.";
      return { status: 200, json: { summary: { deployable: of.deployable === true, reason } } };
    }
    if (of.readOnly === true && path === "/results") return { status: 422 };
    if (method === "PUT") return { status: 201 };
    const json = answers[`${method} ${path}`];
    return json === undefined ? { status: 404 } : { status: 200, json };
  };
  return { url, requests };
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = "";
  for await (const part of request.setEncoding("utf8")) text += part;
  return text === "" ? null : JSON.parse(text);
}
