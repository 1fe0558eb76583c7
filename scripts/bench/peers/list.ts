import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../../lib/root.ts";
import { documentedCall } from "./documented-call.ts";
import { type Peer, readHeaders, readPath } from "./peer.ts";

const here = join(root, "scripts/bench/peers");
const document = join(root, "spec/generated/openapi.json");

function installed(...path: string[]): string {
  return join(here, "node_modules", ...path);
}

/**
 * The peers, each on the document of the Calls API.
 *
 * @param folder an empty folder for what a peer wants written down
 */
export async function peers(folder: string): Promise<readonly Peer[]> {
  await writeMapping(folder);
  const read = { path: readPath, headers: readHeaders, cwd: folder };
  return [
    {
      name: "Prism",
      package: "@stoplight/prism-cli",
      starter: {
        ...read,
        command: process.execPath,
        args: (port) => [
          installed("@stoplight/prism-cli/dist/index.js"),
          ...["mock", "--host", "127.0.0.1", "--port", String(port), "--verboseLevel", "silent", document],
        ],
      },
    },
    {
      name: "Mockoon",
      package: "@mockoon/cli",
      starter: {
        ...read,
        command: process.execPath,
        args: (port) => [
          installed("@mockoon/cli/bin/run.js"),
          ...["start", "--data", document, "--port", String(port), "--hostname", "127.0.0.1"],
          ...["--disable-log-to-file", "--disable-admin-api"],
        ],
      },
    },
    {
      // Its npm package starts the same jar through a helper process, which a signal would not reach.
      name: "WireMock",
      package: "wiremock",
      starter: {
        ...read,
        command: "java",
        args: (port) => [
          ...["-jar", installed("wiremock/build/wiremock-standalone-3.13.2.jar"), "--port", String(port)],
          ...["--bind-address", "127.0.0.1", "--root-dir", folder, "--no-request-journal", "--disable-banner"],
        ],
      },
    },
  ];
}

/** WireMock reads no OpenAPI, so it gets the document's own example as a stub. */
async function writeMapping(folder: string): Promise<void> {
  const mapping = {
    request: {
      method: "GET",
      urlPathPattern: "/v1/calls/[^/]+",
      headers: { "x-api-key": { matches: "ps_.+" } },
    },
    response: {
      status: 200,
      headers: { "content-type": "application/json; charset=utf-8" },
      jsonBody: await documentedCall(document),
    },
  };
  await mkdir(join(folder, "mappings"), { recursive: true });
  await writeFile(join(folder, "mappings/get-call.json"), JSON.stringify(mapping));
}
