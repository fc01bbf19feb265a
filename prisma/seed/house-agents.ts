import { z } from "zod";
import { digestOfManifest } from "@/flows/plan/manifest";
import { AgentManifest } from "@/flows/types/agent-manifest";
import type { Prisma, PrismaClient } from "@/generated/prisma/client";

const Declared = z.object({ agents: z.array(AgentManifest) });

/**
 * Registers what our own agents process declares of itself, as it declares it now. An agent that it no longer serves is
 * taken out of the palette; plans that were made with it stay as they are.
 */
export async function registerHouseAgents(db: PrismaClient, agentsUrl: string): Promise<void> {
  const answer = await fetch(`${agentsUrl}/manifest`);
  const { agents } = Declared.parse(await answer.json());
  await db.$transaction(async (tx) => {
    for (const manifest of agents) {
      const row = {
        manifest: JSON.parse(JSON.stringify(manifest, bigintsAsText)) as Prisma.InputJsonObject,
        digest: digestOfManifest(manifest),
        payee: "studio",
        publisher: "house",
        origin: "house",
        state: "active",
      };
      await tx.agentVersion.upsert({
        where: { agent: manifest.agent },
        create: { agent: manifest.agent, ...row },
        update: row,
      });
    }
    const served = agents.map(({ agent }) => agent);
    await tx.agentVersion.updateMany({
      where: { origin: "house", agent: { notIn: served } },
      data: { state: "deprecated" },
    });
  });
}

function bigintsAsText(_: string, value: unknown): unknown {
  return typeof value === "bigint" ? value.toString() : value;
}
