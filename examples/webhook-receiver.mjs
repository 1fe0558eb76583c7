import { createServer } from "node:http";

createServer((request, response) => {
  let body = "";
  request.on("data", (part) => (body += part));
  request.on("end", () => {
    const { event, status, entry } = JSON.parse(body);
    console.log(event ?? "calls", status ?? JSON.stringify(Object.keys(entry[0].changes[0].value)));
    response.end();
  });
}).listen(Number(process.env.PORT ?? 3000), "127.0.0.1");
