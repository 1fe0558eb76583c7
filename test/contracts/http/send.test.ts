import { createServer, type RequestListener } from "node:http";
import { describe, expect, it, onTestFinished } from "vitest";
import { NoAnswer } from "../../../contracts/http/bounded-fetch.ts";
import { portOf } from "../../../contracts/http/port-of.ts";
import { sendTo } from "../../../contracts/http/send.ts";
import { listening } from "../../../mock/doors/http.ts";

const request = { method: "GET", target: "/v1/calls?limit=1", headers: {}, body: null };
const limits = { timeoutMs: 300, maximumBytes: 10_000 };

async function serviceAt(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await listening(server, { host: "127.0.0.1", port: 0 });
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${portOf(server)}`;
}

describe("CONF-011: a service", () => {
  it("that hangs is given up on when the time is up", async () => {
    const url = await serviceAt(() => {});
    await expect(sendTo(url, limits)(request)).rejects.toThrow("did not answer within 0.3 s");
  });

  it("that begins an answer and hangs is given up on, too", async () => {
    const url = await serviceAt((_, response) => void response.write("{"));
    await expect(sendTo(url, limits)(request)).rejects.toThrow(NoAnswer);
  });

  it("that floods is cut off", async () => {
    const url = await serviceAt((_, response) => {
      const more = () => {
        while (!response.destroyed && response.write("x".repeat(5_000)));
      };
      response.on("drain", more);
      more();
    });
    await expect(sendTo(url, limits)(request)).rejects.toThrow("answered with more than");
  });

  it("that isn't there is named, with the reason", async () => {
    const server = createServer();
    await listening(server, { host: "127.0.0.1", port: 0 });
    const url = `http://127.0.0.1:${portOf(server)}`;
    await new Promise((resolve) => server.close(resolve));
    await expect(sendTo(url, limits)(request)).rejects.toThrow(
      `GET /v1/calls?limit=1: ${url} can't be reached (ECONNREFUSED).`,
    );
  });
});

it("takes an address with /v1 or /api/v1 at its end as the service's own", async () => {
  const url = await serviceAt((received, response) => void response.end(received.url));
  for (const end of ["", "/", "/v1", "/api/v1/"]) {
    expect((await sendTo(`${url}${end}`)(request)).body).toBe("/v1/calls?limit=1");
  }
});

it("follows no redirect: the answer is what the service said", async () => {
  const url = await serviceAt((_, response) => void response.writeHead(302, { location: "/elsewhere" }).end());
  expect((await sendTo(url)(request)).status).toBe(302);
});
