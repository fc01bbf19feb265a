import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, expect, test } from "vitest";
import { BodyTooLarge, EgressFault, guardedFetch } from "./guarded-fetch";
import { refusalsContract } from "./refusals.contract";

const limits = { connectMs: 1_000, bodyBytes: 1_000, redirects: 3 };

/** As the adapter of a language model calls: it fetches, and reads what comes. */
refusalsContract("a fetch, as models are called", async ({ address, trusted, resolve }) => {
  const guarded = guardedFetch({ trusted: new Set(trusted), resolve }, limits);
  try {
    const url = address.endsWith("/") || !address.startsWith("http:") ? address : `${address}/`;
    await (await guarded.fetch(url, { method: "POST", body: "{}" })).text();
    return "called";
  } catch (problem) {
    if (problem instanceof EgressFault) return "refused";
    throw problem;
  } finally {
    await guarded.close();
  }
});

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function listening(handle: RequestListener): Promise<string> {
  const server = createServer(handle).listen(0, "127.0.0.1");
  servers.push(server);
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function trusting(...origins: string[]) {
  return guardedFetch({ trusted: new Set(origins) }, limits);
}

test("a body is given up at its limit, also one that is small until it is unpacked", async () => {
  const packed = gzipSync("x".repeat(100_000));
  const plain = await listening((_, response) => response.end("x".repeat(1_001)));
  const bomb = await listening((_, response) => response.writeHead(200, { "content-encoding": "gzip" }).end(packed));
  for (const origin of [plain, bomb]) {
    const guarded = trusting(origin);
    const answer = await guarded.fetch(origin);
    await expect(answer.text()).rejects.toBeInstanceOf(BodyTooLarge);
    await guarded.close();
  }
  const exact = await listening((_, response) => response.end("x".repeat(1_000)));
  const guarded = trusting(exact);
  expect(await (await guarded.fetch(exact)).text()).toHaveLength(1_000);
  await guarded.close();
});

test("a redirect within an origin is followed three times, and no fourth time", async () => {
  let times = 0;
  const origin = await listening((request, response) => {
    const left = Number(new URL(request.url ?? "/", "http://here").searchParams.get("left"));
    times += 1;
    if (left === 0) response.end(request.method);
    else response.writeHead(307, { location: `/?left=${left - 1}` }).end();
  });
  const guarded = trusting(origin);
  expect(await (await guarded.fetch(`${origin}/?left=3`, { method: "POST", body: "{}" })).text()).toBe("POST");
  expect(times).toBe(4);
  await expect(guarded.fetch(`${origin}/?left=4`)).rejects.toMatchObject({ egress: { code: "egress_refused" } });
  expect(times).toBe(8);
  await guarded.close();
});

test("who asks for it is handed a redirect as it is, and nothing is followed", async () => {
  let times = 0;
  const origin = await listening((_, response) => {
    times += 1;
    response.writeHead(302, { location: "/" }).end();
  });
  const guarded = trusting(origin);
  expect((await guarded.fetch(origin, { redirect: "manual" })).status).toBe(302);
  expect(times).toBe(1);
  await guarded.close();
});

test("a request that is given up rejects, and one that finds nobody says why", async () => {
  const silent = await listening(() => undefined);
  const gone = await listening(() => undefined);
  servers.pop()?.close();
  const guarded = trusting(silent, gone);
  await expect(guarded.fetch(silent, { signal: AbortSignal.timeout(50) })).rejects.toMatchObject({
    name: "TimeoutError",
  });
  await expect(guarded.fetch(gone)).rejects.toMatchObject({ cause: { code: "ECONNREFUSED" } });
  await guarded.close();
});
