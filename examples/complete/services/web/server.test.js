import assert from "node:assert/strict";
import { once } from "node:events";
import { after, before, test } from "node:test";
import { server } from "./server.js";

let address;

before(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  address = `http://127.0.0.1:${server.address().port}`;
});

after(() => server.close());

test("it is healthy", async () => {
  const answer = await fetch(`${address}/healthz`);
  assert.equal(answer.status, 200);
});

test("it has a page", async () => {
  const answer = await fetch(address);
  assert.match(await answer.text(), /Shop/);
});
