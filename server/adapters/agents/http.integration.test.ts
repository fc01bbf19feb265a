import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { AccountId, AgentId, OperationId } from "@/flows/basics/ids";
import { digestOf } from "@/flows/plan/digest";
import { agentsContract } from "@/flows/ports/agents.contract";
import { declareAgent, done } from "@/sdk/agent";
import type { Tell } from "@/sdk/report";
import { type ServedAgents, serveAgents } from "@/sdk/serve-agents";
import { httpAgents } from "./http";

const echo = declareAgent({
  agent: "acme/echo@1.0.0",
  title: "Echo",
  description: "Says it again.",
  capabilities: [],
  effect: "keyed",
  price: { currency: "microcredits", amount: "5" },
  deadlineMs: 5_000,
  input: { type: "object", properties: { text: { type: "string" } } },
  output: { type: "object", properties: { text: { type: "string" } } },
  sends: [],
});

const folders: string[] = [];
const servers: ServedAgents[] = [];
let listening: Server | undefined;

afterEach(() => listening?.close());
afterAll(async () => {
  await Promise.all(servers.map((server) => server.close()));
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** The sdk's own server: what a publisher runs is what the adapter is held against. */
async function serveEcho(): Promise<string> {
  const answers = mkdtempSync(join(tmpdir(), "studio-answers-"));
  folders.push(answers);
  const agent = {
    manifest: echo,
    execute: async (input: Readonly<Record<string, unknown>>, { tell }: { tell: Tell }) => {
      tell({ progress: { done: 0.5, message: "half" } });
      for (const letter of String(input.text)) tell({ delta: letter });
      await new Promise((resolve) => setTimeout(resolve, 250)); // what is said at once with the answer is not told
      return done({ output: input, detail: { mode: "plain", words: 3 } });
    },
  };
  const served = await serveAgents({ agents: [agent], port: 0, answers });
  if (!served.ok) throw new Error(served.error.code);
  servers.push(served.value);
  return served.value.url;
}

const limits = { connectMs: 300, bodyBytes: 1_000 };
const outside = (origin: string) => ({ origin, publisher: "outside" }) as const;
const placeOf = async (agent: AgentId) =>
  agent === echo.agent ? ({ origin: "house", publisher: "house" } as const) : null;
const call = (more: object = {}) => ({
  operation: OperationId.parse("r/a/call"),
  agent: AgentId.parse("acme/echo@1.0.0"),
  manifest: digestOf(echo),
  payee: AccountId.parse("acme"),
  input: { text: "a" },
  deadlineMs: 1_000,
  ...more,
});

agentsContract("http", async () => httpAgents({ placeOf, addresses: { house: await serveEcho() } }));

async function listenWith(handle: RequestListener): Promise<string> {
  const server = createServer(handle).listen(0, "127.0.0.1");
  listening = server;
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
}

/** An agent that answers as it is told. */
async function answering(handle: RequestListener) {
  return httpAgents({ placeOf, addresses: { house: await listenWith(handle) }, limits });
}

const json =
  (status: number, body: unknown): RequestListener =>
  (_, response) => {
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  };
const failing = (status: number, code: string, kind: string) =>
  json(status, { error: { code, message: "Why.", class: kind } });
const delivered = { output: { text: "a" }, price: { currency: "microcredits", amount: "5" } };

describe("agents over HTTP", () => {
  test("what an agent says of its work comes with the delivery, as text", async () => {
    const agents = httpAgents({ placeOf, addresses: { house: await serveEcho() } });
    expect(await agents.call(call())).toMatchObject({ ok: true, value: { detail: { mode: "plain", words: "3" } } });
  });

  test.each([
    ["an agent that is busy has provably not worked", failing(503, "agent_busy", "resource"), "agent_unreachable"],
    [
      "an agent that fails for now has provably not delivered",
      failing(503, "model_away", "transient"),
      "agent_unreachable",
    ],
    ["too many requests", failing(429, "rate_limited", "resource"), "agent_unreachable"],
    [
      "a deadline that passed over there says nothing of the work",
      failing(504, "deadline_exceeded", "transient"),
      "outcome_unknown",
    ],
    [
      "an answer that could not be kept may have been work done",
      failing(500, "answer_unkept", "transient"),
      "outcome_unknown",
    ],
    [
      "a gateway's own page says nothing of the work",
      (_, response) => response.writeHead(502).end("<html>"),
      "outcome_unknown",
    ],
    [
      "a proxy that is busy is not the agent's word",
      (_, response) => response.writeHead(503).end("<html>"),
      "outcome_unknown",
    ],
    ["an agent that always fails on this input", failing(500, "agent_failed", "permanent"), "agent_refused"],
    ["an input that the agent cannot work on", failing(422, "csv_empty", "business"), "agent_refused"],
    ["a route that is not there", json(404, {}), "agent_refused"],
    ["a key that was used for other work", failing(409, "operation_reused", "permanent"), "operation_reused"],
    [
      "a redirect is not followed",
      (_, response) => response.writeHead(307, { location: "http://127.0.0.1:1/" }).end(),
      "agent_refused",
    ],
    [
      "an answer that is no JSON",
      (_, response) => response.writeHead(200, { "content-type": "text/html" }).end("{}"),
      "agent_refused",
    ],
    ["units that are no number", json(200, { output: {}, units: "12" }), "agent_refused"],
    [
      "a price below zero",
      json(200, { ...delivered, price: { currency: "microcredits", amount: "-5" } }),
      "agent_refused",
    ],
    [
      "an output that is nested beyond reason",
      json(200, { ...delivered, output: { a: nested(100) } }),
      "agent_refused",
    ],
    [
      "an answer that does not end in time",
      (_, response) => void response.writeHead(200).write("{"),
      "outcome_unknown",
    ],
    [
      "an answer larger than the limit",
      json(200, { ...delivered, output: { text: "x".repeat(2_000) } }),
      "agent_refused",
    ],
    ["a connection that breaks before the answer", (request) => void request.socket.destroy(), "outcome_unknown"],
    ["an answer that is cut short", cutShort, "outcome_unknown"],
  ] satisfies [string, RequestListener, string][])("%s", async (_, handle, code) => {
    const agents = await answering(handle);
    expect(await agents.call(call({ deadlineMs: -4_000 }))).toMatchObject({ ok: false, error: { code } });
  });

  test("how many units a metered agent worked on comes with its delivery, and what it says of no price is nothing", async () => {
    const agents = await answering(json(200, { output: { text: "a" }, units: 12 }));
    expect(await agents.call(call())).toEqual({
      ok: true,
      value: { output: { text: "a" }, price: null, units: 12, detail: {} },
    });
  });

  test("a refusal carries the agent's code and its words", async () => {
    const agents = await answering(failing(422, "csv_empty", "business"));
    expect(await agents.call(call())).toEqual({
      ok: false,
      error: { code: "agent_refused", reason: "csv_empty: Why." },
    });
  });

  test("nobody listening is provably not sent", async () => {
    const agents = httpAgents({ placeOf, addresses: { house: "http://127.0.0.1:1" }, limits });
    expect(await agents.call(call())).toMatchObject({ error: { code: "agent_unreachable" } });
  });

  test("an address that never connects is given up in time, provably not sent", async () => {
    const agents = httpAgents({ placeOf, addresses: { house: "http://192.0.2.1" }, limits }); // RFC 5737: nobody's
    expect(await agents.call(call())).toMatchObject({ error: { code: "agent_unreachable" } });
  });

  test("regression 34: what the registry names beside the operator's own addresses is held to the guard, and hears nothing", async () => {
    let heard = 0;
    const address = await listenWith((_, response) => {
      heard += 1;
      response.end();
    });
    for (const origin of [address, address.replace("127.0.0.1", "localhost"), "outside", "__proto__", "constructor"]) {
      const agents = httpAgents({ placeOf: async () => outside(origin), addresses: { house: "http://127.0.0.1:1" } });
      expect(await agents.call(call())).toMatchObject({ ok: false, error: { code: "agent_refused" } });
    }
    expect(heard).toBe(0);
  });

  test("regression 34: a redirect to a barred address is not followed, whatever it is called", async () => {
    let heard = 0;
    const inside = createServer((_, response) => {
      heard += 1;
      response.end();
    }).listen(0, "127.0.0.1");
    await once(inside, "listening");
    const { port } = inside.address() as AddressInfo;
    for (const status of [301, 302, 303, 307, 308]) {
      const location = `http://127.0.0.1:${port}/echo/execute`;
      const agents = await answering((_, response) => response.writeHead(status, { location }).end());
      expect(await agents.call(call())).toMatchObject({ ok: false, error: { code: "agent_refused" } });
      listening?.close();
    }
    inside.close();
    expect(heard).toBe(0);
  });

  test("regression 34: a name is asked for once in a call, and the connection goes where that led", async () => {
    const { port } = new URL(await listenWith(json(200, delivered)));
    const origin = `http://agents.example:${port}`;
    const looks: string[] = [];
    const resolve = async (host: string) => {
      looks.push(host);
      return [looks.length === 1 ? "127.0.0.1" : "192.0.2.1"];
    };
    const agents = httpAgents({
      placeOf: async () => outside(origin),
      addresses: {},
      trusted: { outside: [origin] },
      resolve,
      limits,
    });
    expect(await agents.call(call())).toMatchObject({ ok: true });
    expect(looks).toEqual(["agents.example"]);
  });

  test("an address on a private network is called when the operator names its origin, and not before", async () => {
    const address = await listenWith(json(200, delivered));
    const at = (trusted: string[]) =>
      httpAgents({ placeOf: async () => outside(address), addresses: {}, trusted: { outside: trusted }, limits });
    expect(await at([]).call(call())).toMatchObject({ error: { code: "agent_refused" } });
    expect(await at([address]).call(call())).toMatchObject({ ok: true });
  });

  test("a host without an address is provably not called, and may be there later", async () => {
    const resolve = () => Promise.reject(new Error("ENOTFOUND"));
    const agents = httpAgents({ placeOf: async () => outside("https://gone.example"), addresses: {}, resolve });
    expect(await agents.call(call())).toMatchObject({ error: { code: "agent_unreachable" } });
  });
});

function nested(levels: number): unknown {
  return levels === 0 ? 0 : [nested(levels - 1)];
}

function cutShort(...[, response]: Parameters<RequestListener>): void {
  response.writeHead(200, { "content-type": "application/json", "content-length": "100" }).write("{");
  setTimeout(() => response.socket?.destroy(), 20);
}
