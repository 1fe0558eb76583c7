import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";

const types: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
};

const page = /^\/examples\/softphone(?:\/([a-z-]+\.(html|css|js))?)?(?:\?.*)?$/;

/** Whether a request is for the softphone, which comes from the sandbox itself so that it needs no CORS. */
export function isExamplePage({ method, url = "" }: IncomingMessage): boolean {
  return (method === "GET" || method === "HEAD") && page.test(url);
}

/** Answers a request for the softphone. */
export async function serveExamplePage({ method, url = "" }: IncomingMessage, response: ServerResponse): Promise<void> {
  const [path = "", file = "index.html", type = "html"] = page.exec(url) ?? [];
  // Without the slash the page would look for its parts one folder up.
  if (path === "/examples/softphone") return redirect(response);
  const content = await readFile(new URL(file, folder())).catch(() => null);
  const headers = content === null ? {} : { "content-type": types[type] ?? "", "cache-control": "no-cache" };
  response.writeHead(content === null ? 404 : 200, headers).end(method === "HEAD" ? undefined : content);
}

function redirect(response: ServerResponse): void {
  response.writeHead(308, { location: "/examples/softphone/" }).end();
}

/** In the sources and in a chunk of the bundle it is two folders up, in a bundle's entry one. */
function folder(): URL {
  const far = new URL("../../examples/softphone/", import.meta.url);
  return existsSync(far) ? far : new URL("../examples/softphone/", import.meta.url);
}
