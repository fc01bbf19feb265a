import type { AgentId } from "@/flows/basics/ids";
import { Manifest } from "@/flows/plan/manifest";
import { namedAgents } from "@/flows/plan/named-agents";
import type { Models } from "@/flows/plan/rates";
import type { PrismaClient } from "@/generated/prisma/client";

export type RegistryRepo = {
  /**
   * The agents that a drawing or a plan names, as far as they can be called: active, or deprecated, which nobody is
   * offered any more and which flows that have them go on with. Never one that our probes have hidden.
   */
  active(named: unknown): Promise<ReadonlyMap<AgentId, Manifest>>;
  /** The models that the operator has set up. */
  models: Models;
};

export const CALLABLE = ["active", "deprecated"];

export function registryRepo(db: PrismaClient, models: Models): RegistryRepo {
  return {
    models,
    async active(named) {
      const agents = namedAgents(named);
      if (agents.length === 0) return new Map();
      const where = { agent: { in: agents }, state: { in: CALLABLE }, hidden: null };
      const rows = await db.agentVersion.findMany({ where, orderBy: { agent: "asc" } });
      return new Map(rows.map((row) => manifestOf(row)).map((manifest) => [manifest.agent, manifest]));
    },
  };
}

type Row = { manifest: unknown; digest: string; payee: string; publisher: string };

export function manifestOf({ manifest, digest, payee, publisher }: Row): Manifest {
  return Manifest.parse({ ...(manifest as object), digest, payee, publisher });
}
