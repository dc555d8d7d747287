// The load balancer hands over all of /api/, its own question included.
import { createServer } from "node:http";

const server = createServer((request, response) => {
  if (request.url === "/api/healthz") {
    response.end("ok\n");
    return;
  }
  response.setHeader("Content-Type", "application/json");
  response.end(JSON.stringify({ asked: request.url }) + "\n");
});

// ECS asks a task to end before it ends it.
process.on("SIGTERM", () => server.close());
server.listen(9000);
