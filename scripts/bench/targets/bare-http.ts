// The floor: node:http and JSON, with no router, no keys and no checks.
import { createServer, type ServerResponse } from "node:http";
import { call, started } from "./answers.ts";

function answer(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "content-length": Buffer.byteLength(text),
  });
  response.end(text);
}

const server = createServer((request, response) => {
  if (request.method === "GET") return answer(response, 200, call);
  let text = "";
  request.setEncoding("utf8");
  request.on("data", (part) => (text += String(part)));
  request.on("end", () => {
    JSON.parse(text);
    answer(response, 201, started);
  });
});

server.listen(Number(process.argv[2] ?? 0), "127.0.0.1", () => {
  const address = server.address();
  process.send?.({ port: typeof address === "object" ? address?.port : null });
});
