// The same through the router and the adapter that the sandbox uses.
import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import { call, started } from "./answers.ts";

const app = new Hono();
app.get("/v1/calls/:callId", (context) => context.json(call));
app.post("/v1/calls", async (context) => {
  await context.req.json();
  return context.json(started, 201);
});

const server = createServer(getRequestListener((request) => app.fetch(request)));
server.listen(Number(process.argv[2] ?? 0), "127.0.0.1", () => {
  const address = server.address();
  process.send?.({ port: typeof address === "object" ? address?.port : null });
});
