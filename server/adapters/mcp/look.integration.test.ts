import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { mcpLook } from "./look";

test("whoever looks at an address is told what it is, and nothing of what stands there", async () => {
  const inside = createServer((_, response) => response.writeHead(500).end("password=hunter2")).listen(0, "127.0.0.1");
  await once(inside, "listening");
  const origin = `http://127.0.0.1:${(inside.address() as AddressInfo).port}`;
  expect(await mcpLook({})(origin)).toMatchObject({ error: { code: "egress_refused" } });
  expect(await mcpLook({ trusted: [origin] })(origin)).toEqual({
    ok: false,
    error: { code: "server_unreachable", reason: "it answers with status 500, as no MCP server does" },
  });
  inside.close();
  expect(await mcpLook({ trusted: [origin] })(origin)).toMatchObject({
    error: { code: "server_unreachable", reason: "no connection: ECONNREFUSED" },
  });
});
