import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { err, ok } from "../flows/basics/result";
import { AgentManifest } from "../flows/types/agent-manifest";
import type { Agent } from "./agent";
import { type ServedAgents, type ServeOptions, serveAgents } from "./serve-agents";

const text = { type: "string" };
const manifest = AgentManifest.parse({
  agent: "acme/echo@1.2.0",
  title: "Echo",
  description: "Says it again.",
  capabilities: ["echo"],
  effect: "keyed",
  price: { currency: "microcredits", amount: "400000" },
  deadlineMs: 1_000,
  input: { type: "object", properties: { say: text, times: { type: "integer", maximum: 3 } }, required: ["say"] },
  output: { type: "object", properties: { said: text }, required: ["said"], additionalProperties: false },
  sends: ["what you say"],
});

let folder: string;
let calls: string[];
let open: (() => void)[];
let running: ServedAgents[];
let log: unknown[];
let aborted: unknown[];

const agent: Agent = {
  manifest,
  async execute({ say }, { signal, executionId }) {
    calls.push(executionId);
    if (say === "wait") await new Promise<void>((resolve) => open.push(resolve));
    if (say === "hang") await new Promise((resolve) => signal.addEventListener("abort", resolve));
    if (signal.aborted) aborted.push(signal.reason);
    if (say === "deaf") await new Promise((resolve) => setTimeout(resolve, 1_300));
    if (say === "block") for (const until = performance.now() + 1_100; performance.now() < until; );
    if (say === "throw") throw new Error("secret password");
    if (say === "wrong") return ok({ output: { said: 3 } });
    if (say === "flaky") return err({ code: "model_away", message: "Later.", class: "transient" });
    if (say === "refuse") return err({ code: "say_refused", message: "Say something else.", class: "business" });
    return ok({ output: { said: `${say} ${calls.length}` }, detail: { mode: "plain" } });
  },
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "answers-"));
  [calls, open, running, log, aborted] = [[], [], [], [], []];
});
afterEach(async () => {
  await Promise.all(running.map((served) => served.close()));
  await rm(folder, { recursive: true });
});

async function start(options: Partial<ServeOptions> = {}) {
  const served = await serveAgents({
    agents: [agent],
    port: 0,
    answers: folder,
    log: (it) => log.push(it),
    ...options,
  });
  if (!served.ok) throw new Error(JSON.stringify(served.error));
  running.push(served.value);
  return { ...served.value, ...caller(served.value.url) };
}

function caller(url: string) {
  const post = async (body: string, headers: Record<string, string>) => {
    const reply = await fetch(`${url}/echo/execute`, { method: "POST", body, headers });
    return { status: reply.status, headers: reply.headers, body: await reply.json() };
  };
  const say = (said: unknown, key = "k1", more: object = {}) =>
    post(JSON.stringify({ input: { say: said, ...more }, executionId: "run1" }), {
      "Content-Type": "application/json",
      "Idempotency-Key": key,
    });
  const get = async (path: string, method = "GET") => {
    const reply = await fetch(`${url}${path}`, { method });
    return { status: reply.status, body: await reply.json() };
  };
  return { post, say, get };
}

const JSON_HEADERS = { "Content-Type": "application/json", "Idempotency-Key": "k1" };

test("an agent is called, and says its output, its price and how it worked", async () => {
  const { say } = await start();
  expect(await say("hello")).toMatchObject({
    status: 200,
    body: {
      output: { said: "hello 1" },
      price: { currency: "microcredits", amount: "400000" },
      detail: { mode: "plain" },
    },
  });
  expect(calls).toEqual(["run1"]);
});

test("health and manifests are told for the server and for each agent", async () => {
  const { get } = await start();
  const told = { ...manifest, price: { currency: "microcredits", amount: "400000" } };
  expect(await get("/health")).toEqual({ status: 200, body: { status: "ok", agents: ["echo"] } });
  expect(await get("/manifest")).toEqual({ status: 200, body: { agents: [told] } });
  expect(await get("/echo/health")).toEqual({ status: 200, body: { status: "ok", agent: "acme/echo@1.2.0" } });
  expect(await get("/echo/manifest")).toEqual({ status: 200, body: told });
  expect(AgentManifest.parse(told)).toEqual(manifest);
});

test("400: input that breaks the schema is told where and what to do, and the agent is not called", async () => {
  const { say, post } = await start();
  const wrong = await say(7, "k1", { times: 9 });
  expect(wrong).toMatchObject({ status: 400, body: { error: { code: "input_invalid", class: "permanent" } } });
  expect(wrong.body.error.message).toContain("input.say:");
  expect(wrong.body.error.message).toContain("input.times:");
  expect(wrong.body.error.message).toContain("GET /echo/manifest");
  expect(await post("{", JSON_HEADERS)).toMatchObject({ status: 400, body: { error: { code: "input_invalid" } } });
  expect(await post('{"input":{"say":"a"}}', JSON_HEADERS)).toMatchObject({ status: 400 });
  const deep = `{"executionId":"r","input":{"say":"a","x":${"[".repeat(90_000)}${"]".repeat(90_000)}}}`;
  expect(await post(deep, JSON_HEADERS)).toMatchObject({ status: 400 });
  expect(calls).toEqual([]);
});

test("400: a call without a usable key is refused", async () => {
  const { post } = await start();
  const refused = await post('{"input":{"say":"a"},"executionId":"r"}', { "Content-Type": "application/json" });
  expect(refused).toMatchObject({ status: 400, body: { error: { code: "key_invalid" } } });
  for (const key of ["", "two words", "k".repeat(256)]) {
    const headers = { ...JSON_HEADERS, "Idempotency-Key": key };
    expect(await post('{"input":{"say":"a"},"executionId":"r"}', headers)).toMatchObject({ status: 400 });
  }
});

test("404: what is not served says what is", async () => {
  const { get } = await start();
  for (const path of ["/", "/gone/health", "/echo", "/echo/execute", "/echo/health/x", "/__proto__/health"]) {
    expect(await get(path)).toMatchObject({ status: 404, body: { error: { code: "route_unknown" } } });
  }
  expect(await get("/gone/execute", "POST")).toMatchObject({ status: 404 });
});

test("409: a key cannot be used for other work, neither afterwards nor at the same time", async () => {
  const { say } = await start();
  await say("hello");
  expect(await say("other")).toMatchObject({ status: 409, body: { error: { code: "operation_reused" } } });
  const waiting = say("wait", "k2");
  await expect.poll(() => open.length).toBe(1);
  expect(await say("other", "k2")).toMatchObject({ status: 409 });
  open[0]?.();
  expect((await waiting).status).toBe(200);
});

test("413: a body over 10 MB is refused, one just under it is not", async () => {
  const { say } = await start();
  expect(await say("x".repeat(11 * 1024 * 1024))).toMatchObject({
    status: 413,
    body: { error: { code: "body_too_large" } },
  });
  expect(await say("x".repeat(10 * 1024 * 1024 - 100))).toMatchObject({ status: 200 });
});

test("415: only JSON is read", async () => {
  const { post } = await start();
  const refused = await post("say=hello", { ...JSON_HEADERS, "Content-Type": "text/plain" });
  expect(refused).toMatchObject({ status: 415, body: { error: { code: "content_type_unknown" } } });
});

test("422: what the agent refuses is an answer too, and is repeated", async () => {
  const { say } = await start();
  const refused = {
    status: 422,
    body: { error: { code: "say_refused", message: "Say something else.", class: "business" } },
  };
  expect(await say("refuse")).toMatchObject(refused);
  expect(await say("refuse")).toMatchObject(refused);
  expect(calls.length).toBe(1);
});

test("500: an agent that throws or breaks its output schema shows nothing of its inside, and may be asked again", async () => {
  const { say } = await start();
  for (const what of ["throw", "wrong"]) {
    const failed = await say(what, what);
    expect(failed).toMatchObject({ status: 500, body: { error: { code: "agent_failed", class: "permanent" } } });
    expect(JSON.stringify(failed.body)).not.toMatch(/secret|said/);
    await say(what, what);
  }
  expect(calls.length).toBe(4);
  expect(String(log[0])).toContain("secret password");
  expect(String(log[2])).toContain("output.said");
});

test("503: over its limit an agent asks to be called again, and a repeated answer costs no place", async () => {
  const { say } = await start({ concurrency: 1 });
  await say("hello", "done");
  const waiting = say("wait", "k2");
  await expect.poll(() => open.length).toBe(1);
  const busy = await say("hello", "k3");
  expect(busy).toMatchObject({ status: 503, body: { error: { code: "agent_busy", class: "resource" } } });
  expect(busy.headers.get("retry-after")).toBe("1");
  expect((await say("hello", "done")).status).toBe(200);
  open[0]?.();
  await waiting;
  expect((await say("hello", "k3")).status).toBe(200);
});

test("503: a passing failure of the agent keeps its code and is not kept", async () => {
  const { say } = await start();
  expect(await say("flaky")).toMatchObject({
    status: 503,
    body: { error: { code: "model_away", class: "transient" } },
  });
  await say("flaky");
  expect(calls.length).toBe(2);
});

test("504: work that is late is dropped, whether it listens, does not, or blocks the process", async () => {
  const { say } = await start();
  const late = { status: 504, body: { error: { code: "deadline_exceeded", class: "transient" } } };
  expect(await Promise.all([say("hang", "a"), say("deaf", "b")])).toMatchObject([late, late]);
  expect(String(aborted[0])).toContain("deadline exceeded");
  expect(await say("block", "c")).toMatchObject(late);
  expect(await readdir(folder)).toEqual([]);
});

test("a place is held until late work has really ended", async () => {
  const { say } = await start({ concurrency: 1 });
  expect((await say("deaf", "a")).status).toBe(504);
  expect((await say("hello", "b")).status).toBe(503);
  await expect.poll(async () => (await say("hello", "b")).status, { timeout: 2_000 }).toBe(200);
});

test("twenty calls at once with one key are one piece of work", async () => {
  const { say } = await start();
  const waiting = Array.from({ length: 20 }, () => say("wait"));
  await expect.poll(() => open.length).toBe(1);
  await new Promise((resolve) => setTimeout(resolve, 50));
  open[0]?.();
  const replies = await Promise.all(waiting);
  expect(new Set(replies.map(({ body }) => JSON.stringify(body)))).toEqual(new Set([JSON.stringify(replies[0]?.body)]));
  expect(calls.length).toBe(1);
});

test("a repeated body may order its keys differently", async () => {
  const { post } = await start();
  const first = await post('{"input":{"say":"a","times":2},"executionId":"r"}', JSON_HEADERS);
  expect(await post('{"executionId":"r","input":{"times":2,"say":"a"}}', JSON_HEADERS)).toMatchObject({
    status: 200,
    body: first.body,
  });
});

test("first answers survive a restart", async () => {
  const before = await start();
  const first = await before.say("hello");
  await before.close();
  const after = await start();
  expect((await after.say("hello")).body).toEqual(first.body);
  expect((await after.say("other")).status).toBe(409);
  expect(calls.length).toBe(1);
});

test("an answer that cannot be kept is not given", async () => {
  const { say } = await start();
  await rm(folder, { recursive: true });
  expect(await say("hello")).toMatchObject({
    status: 500,
    body: { error: { code: "answer_unkept", class: "transient" } },
  });
  await start(); // makes the folder again
  expect((await say("hello")).body.output).toEqual({ said: "hello 2" });
});

test("a manifest that is wrong, a name taken twice and a port in use are told at the start", async () => {
  const other = { ...agent, manifest: { ...manifest, deadlineMs: 5 } };
  const options = { agents: [agent], port: 0, answers: folder };
  expect(await serveAgents({ ...options, agents: [other] })).toMatchObject({ error: { code: "manifest_invalid" } });
  expect(await serveAgents({ ...options, agents: [agent, agent] })).toMatchObject({ error: { code: "name_repeated" } });
  const { url } = await start();
  const port = Number(new URL(url).port);
  expect(await serveAgents({ ...options, port })).toEqual({ ok: false, error: { code: "address_taken", port } });
});
