import { afterAll, beforeAll, expect, test } from "vitest";
import { digestOf } from "@/flows/plan/digest";
import { AgentManifest } from "@/flows/types/agent-manifest";
import { type Cluster, startCluster } from "../../drivers/postgres/fresh-database.contract";
import { offerTools } from "./offered";

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startCluster();
});
afterAll(() => cluster.stop());

const tool = (title: string) =>
  AgentManifest.parse({
    ...{ agent: "operator/box-look@1.0.0", title, description: "Looks.", capabilities: [], effect: "once" },
    ...{ price: { kind: "free" }, deadlineMs: 1_000, sends: [] },
    input: { type: "object", properties: {} },
    output: { type: "object", properties: {} },
    protocol: { kind: "mcp", tool: "look", declares: digestOf({}) },
  });

test("what a server offers again is found again, and what a reviewer suspended stays suspended at every start", async () => {
  const { pool } = await cluster.database();
  const offer = (...tools: AgentManifest[]) => offerTools(pool, "stdio:box", tools);
  const kept = async () => (await pool.query("select state, manifest->>'title' as title from agent_version")).rows[0];
  await offer(tool("Look"));
  expect(await kept()).toEqual({ state: "active", title: "Look" });
  await offer();
  expect(await kept()).toMatchObject({ state: "deprecated" });
  await offer(tool("Look"));
  expect(await kept()).toMatchObject({ state: "active" });
  await pool.query("update agent_version set state = 'suspended'");
  await offer(tool("Look"));
  await offer(tool("Look anew"));
  expect(await kept()).toEqual({ state: "suspended", title: "Look anew" });
});
