import type { AgentId } from "@/flows/basics/ids";
import { Manifest } from "@/flows/plan/manifest";
import type { PrismaClient } from "@/generated/prisma/client";

export type RegistryRepo = { active(): Promise<ReadonlyMap<AgentId, Manifest>> };

export function registryRepo(db: PrismaClient): RegistryRepo {
  return {
    async active() {
      const rows = await db.agentVersion.findMany({ where: { state: "active" }, orderBy: { agent: "asc" } });
      const manifests = rows.map(({ manifest, digest, payee, publisher }) =>
        Manifest.parse({ ...(manifest as object), digest, payee, publisher }),
      );
      return new Map(manifests.map((manifest) => [manifest.agent, manifest]));
    },
  };
}
