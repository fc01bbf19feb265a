import { expect, test } from "vitest";
import { AccountId, type AgentId } from "@/flows/basics/ids";
import { sampleManifests } from "@/flows/examples/sample-manifests";
import type { FlowDocument } from "@/flows/graph/graph";
import type { Manifest } from "@/flows/plan/manifest";
import { virtualClock } from "@/flows/simulator/clock";
import { prepareTry } from "./prepare-try";

const ada = AccountId.parse("ada");

function studio(manifests: ReadonlyMap<AgentId, Manifest> = sampleManifests) {
  const kept = new Map<string, { document: FlowDocument; name: string }>();
  return {
    kept,
    services: {
      clock: virtualClock(),
      flows: {
        find: async (_: AccountId, id: string) => kept.get(id) ?? null,
        ensure: async (_: AccountId, { id, ...flow }: { id: string; document: FlowDocument; name: string }) => {
          kept.set(id, kept.get(id) ?? flow);
        },
      },
      policies: { inForce: async () => null },
      registry: { active: async () => manifests },
    } as never,
  };
}

test.each([...sampleManifests.keys()])("%s can be tried as a flow of its own, for its price at most", async (agent) => {
  const { services, kept } = studio();
  const first = await prepareTry(services, { owner: ada, agent });
  if (!first.ok) throw new Error(JSON.stringify(first.error));
  const manifest = sampleManifests.get(agent);
  expect(first.value.authority.agents).toEqual([agent]);
  expect(first.value.input.required).toEqual(manifest?.input.required);
  expect(await prepareTry(services, { owner: ada, agent })).toEqual(first);
  expect(kept.size).toBe(1);
});

test("an agent that cannot be called is not tried", async () => {
  const { services, kept } = studio();
  const agent = "acme/gone@1.0.0" as AgentId;
  expect(await prepareTry(services, { owner: ada, agent })).toEqual({
    ok: false,
    error: { code: "agent_not_callable", agent },
  });
  expect(kept.size).toBe(0);
});

test("an agent that gives what a flow cannot hold is not tried, and nothing breaks", async () => {
  const [sample] = sampleManifests.values();
  if (!sample) throw new Error("there is no sample");
  const wide = { ...sample, output: { ...sample.output, properties: { ["x".repeat(5_000)]: {} }, required: [] } };
  const { services, kept } = studio(new Map([[wide.agent, wide]]));
  expect(await prepareTry(services, { owner: ada, agent: wide.agent })).toEqual({
    ok: false,
    error: { code: "agent_not_callable", agent: wide.agent },
  });
  expect(kept.size).toBe(0);
});
