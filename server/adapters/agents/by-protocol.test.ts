import { expect, test } from "vitest";
import { AccountId, AgentId, OperationId } from "@/flows/basics/ids";
import { ok } from "@/flows/basics/result";
import { digestOf } from "@/flows/plan/digest";
import type { AgentsPort } from "@/flows/ports/agents";
import type { Protocol } from "@/flows/types/protocol";
import { byProtocol } from "./by-protocol";

const mcp: Protocol = { kind: "mcp", tool: "look", declares: digestOf({}) };
const openapi: Protocol = { kind: "openapi", method: "get", path: "/", inputs: [], gives: "text" };

function studio() {
  const reached: string[] = [];
  let looks = 0;
  const port = (name: string): AgentsPort => ({
    async call() {
      reached.push(name);
      return ok({ output: {}, price: null, detail: {} });
    },
  });
  const agents = byProtocol({
    async placeOf(agent) {
      looks += 1;
      if (agent.startsWith("acme/gone")) return null;
      if (agent.startsWith("acme/api")) return { protocol: openapi };
      return { protocol: agent.startsWith("acme/tool") ? mcp : null };
    },
    http: port("http"),
    others: { mcp: port("mcp") },
  });
  const call = (agent: string) =>
    agents.call({
      operation: OperationId.parse("r/a/call"),
      agent: AgentId.parse(agent),
      manifest: digestOf(agent),
      payee: AccountId.parse("acme"),
      input: {},
      deadlineMs: 1_000,
    });
  return { call, reached, looks: () => looks };
}

test("an agent is called over the protocol that it declares, which is asked for once", async () => {
  const { call, reached, looks } = studio();
  for (const agent of ["acme/plain@1.0.0", "acme/tool@1.0.0", "acme/plain@1.0.0", "acme/tool@1.0.0"]) await call(agent);
  expect(reached).toEqual(["http", "mcp", "http", "mcp"]);
  expect(looks()).toBe(2);
});

test("what is not there, and what nobody here speaks, is refused", async () => {
  const { call, reached } = studio();
  for (const agent of ["acme/gone@1.0.0", "acme/api@1.0.0"])
    expect(await call(agent)).toMatchObject({ error: { code: "agent_refused" } });
  expect(reached).toEqual([]);
});
