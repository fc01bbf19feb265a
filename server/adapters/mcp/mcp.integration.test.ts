import type { RequestListener } from "node:http";
import { McpError } from "@modelcontextprotocol/sdk/types.js";
import { afterEach, describe, expect, test } from "vitest";
import { AccountId, AgentId, OperationId } from "@/flows/basics/ids";
import { money } from "@/flows/basics/money";
import { digestOf } from "@/flows/plan/digest";
import { agentsContract } from "@/flows/ports/agents.contract";
import type { Report } from "@/flows/ports/progress";
import { refusalsContract } from "@/server/egress/refusals.contract";
import { trustContract } from "@/server/egress/trust.contract";
import { DELTA, OPERATION, OPERATION_REUSED } from "./call-tool";
import { mcpAgents } from "./mcp";
import { type Given, type Spoken, serveMcp } from "./served.contract";

const text = { type: "object", properties: { text: { type: "string" } } };
const tools = { echo: { inputSchema: text, outputSchema: text } };
const declares = digestOf({ input: text, output: text });
const protocol = { kind: "mcp", tool: "echo", declares } as const;
const price = money("microcredits", 5n);

const call = (more: object = {}) => ({
  operation: OperationId.parse("r/a/call"),
  agent: AgentId.parse("acme/echo@1.0.0"),
  manifest: digestOf("echo"),
  payee: AccountId.parse("acme"),
  input: { text: "a" },
  deadlineMs: 5_000,
  ...more,
});

type Served = Awaited<ReturnType<typeof serveMcp>>;
const served: Served[] = [];
afterEach(() => {
  for (const each of served.splice(0)) each.close();
});

type More = { limits?: object; before?: (...given: Parameters<RequestListener>) => boolean; takenUpMs?: number };

async function agentsOf(spoken: Partial<Spoken>, more: More = {}) {
  const { limits, before, takenUpMs } = more;
  const one = await serveMcp({ tools: () => tools, call: async () => ({ content: [] }), ...spoken }, before);
  served.push(one);
  const place = { origin: one.address, publisher: "outside", protocol, price } as const;
  const agents = mcpAgents({
    placeOf: async (agent) => (agent.startsWith("acme/echo") ? place : null),
    trusted: { outside: [new URL(one.address).origin] },
    installed: null,
    ...(takenUpMs ? { takenUpMs } : {}),
    limits: { connectMs: 1_000, bodyBytes: 100_000, redirects: 3, ...limits },
  });
  return { agents, served: one };
}

/** A server that knows our words: it does one operation once, and tells its text as it comes. */
function keyed(): Spoken["call"] {
  const answers = new Map<unknown, { input: unknown; answer: object }>();
  return async ({ input, meta, notify }: Given) => {
    const known = answers.get(meta[OPERATION]);
    if (known && JSON.stringify(known.input) !== JSON.stringify(input))
      throw new McpError(-32_600, "known with another input", { code: OPERATION_REUSED });
    if (known) return known.answer;
    const progressToken = meta.progressToken as string;
    await notify({
      method: "notifications/progress",
      params: { progressToken, progress: 1, total: 2, message: "half" },
    });
    for (const letter of String(input.text))
      await notify({
        method: "notifications/progress",
        params: { progressToken, progress: 1, _meta: { [DELTA]: letter } },
      });
    const answer = { content: [], structuredContent: input };
    answers.set(meta[OPERATION], { input, answer });
    return answer;
  };
}

agentsContract("mcp over streamable HTTP", async () => (await agentsOf({ call: keyed() })).agents);

refusalsContract("tools of MCP servers", async ({ address, trusted, resolve }) => {
  const place = { origin: address, publisher: "outside", protocol, price } as const;
  const agents = mcpAgents({ placeOf: async () => place, trusted: { outside: trusted }, installed: null, resolve });
  const answer = await agents.call(call());
  const said = JSON.stringify(answer.ok ? null : answer.error);
  return /egress_refused|redirect/i.test(said) ? "refused" : "called";
});

trustContract("tools of MCP servers", async ({ address, publisher, trusted }) => {
  const place = { origin: address, publisher, protocol, price } as const;
  const answer = await mcpAgents({ placeOf: async () => place, trusted, installed: null }).call(call());
  return JSON.stringify(answer).includes("egress_refused") ? "refused" : "called";
});

describe("what a tool answers", () => {
  const given = async (answer: object | (() => Promise<object>), more: { bare?: true; limits?: object } = {}) => {
    const bare = { echo: { inputSchema: text } };
    const { agents } = await agentsOf(
      { tools: () => (more.bare ? bare : tools), call: async () => (typeof answer === "function" ? answer() : answer) },
      more,
    );
    return agents;
  };

  test("structured content is the output, and the price is what the registry says", async () => {
    const agents = await given({ content: [{ type: "text", text: "not this" }], structuredContent: { text: "b" } });
    expect(await agents.call(call())).toEqual({ ok: true, value: { output: { text: "b" }, detail: {}, price } });
  });

  test("a tool that promises structure and gives none refused the work, and so did one that calls its answer an error", async () => {
    const without = await given({ content: [{ type: "text", text: "b" }] });
    expect(await without.call(call())).toMatchObject({ error: { code: "agent_refused" } });
    const failing = await given({ isError: true, content: [{ type: "text", text: "No such file." }] });
    expect(await failing.call(call())).toEqual({
      ok: false,
      error: { code: "agent_refused", reason: "tool_failed: No such file." },
    });
  });

  test("what is no answer of a tool is refused, and so is what nests too deep or is too large", async () => {
    const nested = (levels: number): unknown => (levels === 0 ? 0 : [nested(levels - 1)]);
    for (const answer of [
      { content: [{ type: "hologram" }], structuredContent: {} },
      { content: "text" },
      { content: [], structuredContent: { deep: nested(100) } },
      { content: [], structuredContent: { long: "x".repeat(200_000) } },
    ])
      expect(await (await given(answer)).call(call())).toMatchObject({ error: { code: "agent_refused" } });
  });

  test("an error of the protocol is the server's refusal", async () => {
    const agents = await given(() => Promise.reject(new McpError(-32_000, "not today")));
    expect(await agents.call(call())).toMatchObject({
      error: { code: "agent_refused", reason: expect.stringContaining("not today") },
    });
  });
});

test("a tool that declares other schemas than the plan was made with is not called, nor one that is gone", async () => {
  for (const changed of [
    { echo: { inputSchema: { ...text, required: ["text"] }, outputSchema: text } },
    { echo: { inputSchema: text } },
    { other: { inputSchema: text, outputSchema: text } },
    {},
  ]) {
    let calls = 0;
    const { agents } = await agentsOf({
      tools: () => changed as never,
      call: async () => {
        calls += 1;
        return { content: [], structuredContent: {} };
      },
    });
    expect(await agents.call(call())).toMatchObject({
      error: { code: "agent_refused", reason: expect.stringMatching(/^tool_(changed|gone)/) },
    });
    expect(calls).toBe(0);
  }
});

test("a server that asks for a model, for a person or for folders is told that there is no such thing", async () => {
  const heard: unknown[] = [];
  const { agents } = await agentsOf({
    async call({ ask }) {
      for (const [method, params] of [
        ["sampling/createMessage", { messages: [], maxTokens: 1 }],
        ["elicitation/create", { message: "?", requestedSchema: { type: "object", properties: {} } }],
        ["roots/list", {}],
      ] as const)
        heard.push(await ask(method, params).catch((problem) => problem.code));
      return { content: [], structuredContent: { text: "done" } };
    },
  });
  expect(await agents.call(call())).toMatchObject({ ok: true });
  expect(heard).toEqual([-32_601, -32_601, -32_601]);
});

test("past the deadline the tool is told, and what became of it is not known", async () => {
  let told: () => void = () => undefined;
  const isTold = new Promise<void>((resolve) => {
    told = resolve;
  });
  const { agents } = await agentsOf({
    call: ({ signal }) => new Promise(() => signal.addEventListener("abort", told)),
  });
  expect(await agents.call(call({ deadlineMs: 300 }))).toMatchObject({ error: { code: "outcome_unknown" } });
  await isTold;
});

test("nobody listening, or an answer that is not MCP, is provably not called", async () => {
  const { agents, served: one } = await agentsOf({});
  one.close();
  expect(await agents.call(call())).toMatchObject({ error: { code: "agent_unreachable" } });
});

test("a connection that breaks during the call leaves the outcome open", async () => {
  let one: Served | undefined;
  const { agents, served: opened } = await agentsOf({
    call: () =>
      new Promise(() => {
        one?.close();
      }),
  });
  one = opened;
  expect(await agents.call(call({ deadlineMs: 60_000 }))).toMatchObject({ error: { code: "outcome_unknown" } });
});

test("an answer whose stream broke off is taken up where the server offers it", async () => {
  const { agents, served: one } = await agentsOf({
    async call({ hangUp, notify, meta }) {
      await notify({
        method: "notifications/progress",
        params: { progressToken: meta.progressToken as string, progress: 1 },
      });
      hangUp();
      await expect.poll(() => one.requests.includes("GET")).toBe(true);
      return { content: [], structuredContent: { text: "after all" } };
    },
  });
  expect(await agents.call(call())).toMatchObject({ ok: true, value: { output: { text: "after all" } } });
});

test("that the stream of another answer ends late says nothing about a call that takes its time", async () => {
  const lateEnds = (...[, response]: Parameters<RequestListener>): boolean => {
    const end = response.end.bind(response);
    response.end = ((...given: []) => setTimeout(() => end(...given), 100)) as never;
    return false;
  };
  const { agents } = await agentsOf(
    {
      async call() {
        await new Promise((resolve) => setTimeout(resolve, 500));
        return { content: [], structuredContent: { text: "slow" } };
      },
    },
    { takenUpMs: 50, before: lateEnds },
  );
  expect(await agents.call(call())).toMatchObject({ ok: true, value: { output: { text: "slow" } } });
});

test("a stream that ends without the answer, and is not there to be taken up, leaves the outcome open", async () => {
  const { agents, served: one } = await agentsOf(
    {
      call({ hangUp }) {
        hangUp();
        return new Promise(() => undefined);
      },
    },
    {
      takenUpMs: 50,
      before(request, response) {
        if (request.method === "GET") response.writeHead(404).end();
        return request.method === "GET";
      },
    },
  );
  expect(await agents.call(call({ deadlineMs: 60_000 }))).toMatchObject({ error: { code: "outcome_unknown" } });
  expect(one.requests.filter((method) => method === "GET").length).toBeLessThanOrEqual(1);
});

test("each call is a conversation of its own, which is ended", async () => {
  const { agents, served: one } = await agentsOf({ call: keyed() });
  await agents.call(call());
  await agents.call(call());
  await expect.poll(() => one.requests.filter((method) => method === "DELETE").length).toBe(2);
  await expect.poll(() => one.sessions.size).toBe(0);
  expect(one.requests).not.toContain("GET");
});

test("progress that makes no sense is heard as far as it does", async () => {
  const said: Report[] = [];
  const { agents } = await agentsOf({
    async call({ meta, notify }) {
      const progressToken = meta.progressToken as string;
      for (const params of [
        { progressToken, progress: 3, total: 2, message: "over" },
        { progressToken, progress: 1 },
        { progressToken, progress: 1, total: 4 },
      ])
        await notify({ method: "notifications/progress", params });
      return { content: [], structuredContent: {} };
    },
  });
  expect(await agents.call(call(), (report) => said.push(report))).toMatchObject({ ok: true });
  expect(said).toEqual([{ progress: { message: "over" } }, { progress: {} }, { progress: { done: 0.25 } }]);
});
