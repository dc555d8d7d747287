// The shop's page, and what the load balancer asks for its health.
import { createServer } from "node:http";
import { pathToFileURL } from "node:url";

export const server = createServer((request, response) => {
  if (request.url === "/healthz") {
    response.end("ok\n");
    return;
  }
  response.setHeader("Content-Type", "text/html; charset=utf-8");
  response.end(`<h1>Shop</h1><p>This is ${process.env.STAGE ?? "nowhere"}.</p>\n`);
});

// ECS asks a task to end before it ends it.
process.on("SIGTERM", () => server.close());

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  server.listen(8080);
}
