import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { AccountId, AgentId, OperationId } from "@/flows/basics/ids";
import type { Json } from "@/flows/basics/json";
import { money } from "@/flows/basics/money";
import { digestOf } from "@/flows/plan/digest";
import { agentsContract } from "@/flows/ports/agents.contract";
import type { OpenApiOperation } from "@/flows/types/protocol";
import { refusalsContract } from "@/server/egress/refusals.contract";
import { trustContract } from "@/server/egress/trust.contract";
import { openApiAgents } from "./openapi";

const price = money("microcredits", 5n);
const echo: OpenApiOperation = {
  kind: "openapi",
  method: "post",
  path: "/echo",
  inputs: [{ port: "text", name: "text", in: "body" }],
  gives: "object",
};
const call = (input: Json, more: object = {}) => ({
  operation: OperationId.parse("r/a/call"),
  agent: AgentId.parse("acme/echo@1.0.0"),
  manifest: digestOf("echo"),
  payee: AccountId.parse("acme"),
  input,
  deadlineMs: 2_000,
  ...more,
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

const publisher = "outside" as const;

function at(origin: string, protocol: OpenApiOperation = echo) {
  return openApiAgents({
    placeOf: async (agent) =>
      agent.startsWith("acme/echo") ? { origin: `${origin}/v1/`, publisher, protocol, price } : null,
    trusted: { outside: [origin] },
    limits: { connectMs: 1_000, bodyBytes: 10_000, redirects: 3 },
  });
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

const json = (response: ServerResponse, status: number, said: unknown) =>
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(said));

/** An API that keeps its first answer under a key. */
async function keyed(): Promise<string> {
  const known = new Map<string, string>();
  return listening(async (request, response) => {
    const body = await bodyOf(request);
    const key = String(request.headers["idempotency-key"]);
    if (known.has(key) && known.get(key) !== body) json(response, 409, { error: { code: "operation_reused" } });
    else {
      known.set(key, body);
      json(response, 201, JSON.parse(body));
    }
  });
}

agentsContract("operations of an API", async () => at(await keyed()), { tells: false });

refusalsContract("operations of APIs", async ({ address, trusted, resolve }) => {
  const placeOf = async () => ({ origin: address, publisher, protocol: echo, price });
  const answer = await openApiAgents({ placeOf, trusted: { outside: trusted }, resolve }).call(call({ text: "a" }));
  return /egress_refused|redirect_refused|cannot be called/.test(JSON.stringify(answer.ok ? null : answer.error))
    ? "refused"
    : "called";
});

trustContract("operations of APIs", async ({ address, publisher, trusted }) => {
  const placeOf = async () => ({ origin: address, publisher, protocol: echo, price });
  const answer = await openApiAgents({ placeOf, trusted }).call(call({ text: "a" }));
  return JSON.stringify(answer).includes("egress_refused") ? "refused" : "called";
});

test("every input goes to its place, and nothing in it leads elsewhere", async () => {
  const heard: { method: string; url: string; header: unknown; body: string }[] = [];
  const origin = await listening(async (request, response) => {
    const { method = "", url = "", headers } = request;
    heard.push({ method, url, header: headers["x-trace"], body: await bodyOf(request) });
    json(response, 200, [1, 2]);
  });
  const agents = at(origin, {
    kind: "openapi",
    method: "put",
    path: "/users/{id}/notes",
    inputs: [
      { port: "id", name: "id", in: "path" },
      { port: "tags", name: "tag", in: "query" },
      { port: "fields", name: "fields", in: "query", joined: true },
      { port: "trace", name: "X-Trace", in: "header" },
      { port: "body", name: "", in: "body" },
    ],
    gives: "result",
  });
  const input = { id: "a/../b?x#y", tags: ["p q", "&r=1"], fields: ["x", "y"], trace: "t", body: { deep: [true] } };
  expect(await agents.call(call(input))).toMatchObject({ ok: true, value: { output: { result: [1, 2] }, price } });
  expect(heard).toEqual([
    {
      method: "PUT",
      url: "/v1/users/a%2F..%2Fb%3Fx%23y/notes?tag=p+q&tag=%26r%3D1&fields=x%2Cy",
      header: "t",
      body: '{"deep":[true]}',
    },
  ]);
  for (const wrong of [
    { ...input, id: ".." },
    { ...input, id: "" },
    { ...input, id: { a: 1 } },
    { ...input, tags: [{ a: 1 }] },
    { ...input, trace: "a\r\nhost: elsewhere" },
  ])
    expect(await agents.call(call(wrong))).toMatchObject({
      error: { code: "agent_refused", reason: expect.stringContaining("input_unusable") },
    });
  expect(heard).toHaveLength(1);
});

test("an answer is an object, a result or a text, as was agreed, and what is none of it is refused", async () => {
  const answering = async (handle: RequestListener, gives: OpenApiOperation["gives"]) => {
    const answer = await at(await listening(handle), { ...echo, gives }).call(call({ text: "a" }));
    return answer.ok ? answer.value.output : answer.error.code;
  };
  const text: RequestListener = (_, response) => response.writeHead(202, { "content-type": "text/plain" }).end("taken");
  const nothing: RequestListener = (_, response) => response.writeHead(204).end();
  expect(await answering(text, "text")).toEqual({ status: 202, text: "taken" });
  expect(await answering(nothing, "text")).toEqual({ status: 204, text: "" });
  for (const gives of ["object", "result"] as const) {
    expect(await answering(text, gives)).toBe("agent_refused");
    expect(await answering(nothing, gives)).toBe("agent_refused");
  }
  const list: RequestListener = (_, response) => json(response, 200, [1]);
  expect(await answering(list, "object")).toBe("agent_refused");
  const nested = `${"[".repeat(100)}${"]".repeat(100)}`;
  const deep: RequestListener = (_, response) =>
    response.writeHead(200, { "content-type": "application/problem+json; charset=utf-8" }).end(nested);
  expect(await answering(deep, "result")).toBe("agent_refused");
  const large: RequestListener = (_, response) => json(response, 200, { text: "x".repeat(20_000) });
  expect(await answering(large, "object")).toBe("agent_refused");
});

test("what a status means for the operation: only what is provably not done may be tried as if it never was", async () => {
  for (const [status, code] of [
    [302, "agent_refused"],
    [400, "agent_refused"],
    [401, "agent_refused"],
    [409, "agent_refused"],
    [429, "agent_unreachable"],
    [408, "outcome_unknown"],
    [500, "outcome_unknown"],
    [503, "outcome_unknown"],
  ] as const) {
    const agents = at(await listening((_, response) => response.writeHead(status, { location: "/" }).end("no")));
    expect([status, await agents.call(call({ text: "a" }))]).toMatchObject([status, { error: { code } }]);
  }
  const gone = await listening(() => undefined);
  servers.pop()?.close();
  expect(await at(gone).call(call({ text: "a" }))).toMatchObject({ error: { code: "agent_unreachable" } });
  const silent = at(await listening(() => undefined));
  expect(await silent.call(call({ text: "a" }, { deadlineMs: 100 }))).toMatchObject({
    error: { code: "outcome_unknown" },
  });
  const broken = at(await listening((request) => void request.socket.destroy()));
  expect(await broken.call(call({ text: "a" }))).toMatchObject({ error: { code: "outcome_unknown" } });
});

test("half of a character is refused before anything is sent: nobody has to say what came of it", async () => {
  let heard = 0;
  const origin = await listening((_, response) => {
    heard += 1;
    json(response, 200, {});
  });
  for (const place of ["path", "query", "header"] as const) {
    const operation: OpenApiOperation = {
      ...{ kind: "openapi", method: "get", path: place === "path" ? "/echo/{text}" : "/echo", gives: "object" },
      inputs: [{ port: "text", name: "text", in: place }],
    };
    for (const text of ["\ud800", "a\udfff b"])
      expect(await at(origin, operation).call(call({ text }))).toMatchObject({
        error: { code: "agent_refused", reason: expect.stringContaining("input_unusable") },
      });
  }
  expect(heard).toBe(0);
});

test("a question with a body is refused before anything is sent, since none goes out with one", async () => {
  const origin = await listening((_, response) => json(response, 200, {}));
  const operation: OpenApiOperation = {
    ...{ kind: "openapi", method: "get", path: "/echo", gives: "object" },
    inputs: [{ port: "text", name: "text", in: "body" }],
  };
  expect(await at(origin, operation).call(call({ text: "a" }))).toMatchObject({ error: { code: "agent_refused" } });
  expect(await at(origin, operation).call(call({}))).toMatchObject({ ok: true });
});
