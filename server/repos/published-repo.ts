import type { AccountId, Digest } from "@/flows/basics/ids";
import { digestOfManifest } from "@/flows/plan/manifest";
import type { Plan } from "@/flows/plan/plan";
import { toStored } from "@/flows/plan/stored";
import type { AgentManifest } from "@/flows/types/agent-manifest";
import { writtenPrice } from "@/flows/types/price";
import type { Prisma, PrismaClient } from "@/generated/prisma/client";

/** A version of a flow as an agent, with the plan that every call of it is a run of. */
export type PublishedFlowVersion = { manifest: AgentManifest; origin: string; hash: Digest; plan: Plan };

export type PublishedRepo = {
  /**
   * Hands a version in for review, once; one that was taken back or refused may be handed in again. `taken`: there is
   * another declaration under its id, or its name is somebody else's.
   */
  submit(owner: AccountId, flow: PublishedFlowVersion): Promise<"submitted" | "taken">;
};

export function publishedRepo(db: PrismaClient): PublishedRepo {
  return {
    submit: (payee, { manifest, origin, hash, plan }) =>
      db.$transaction(async (tx) => {
        const { agent } = manifest;
        const namespace = agent.replace(/\/.*$/, "");
        // Two who take a new name at once come one after the other.
        await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`publisher ${namespace}`}, 0))`;
        const others = await tx.$queryRaw<{ n: number }[]>`
          select count(*)::int as n from agent_version where split_part(agent, '/', 1) = ${namespace} and payee <> ${payee}`;
        if ((others[0]?.n ?? 0) > 0) return "taken";
        await tx.plan.createMany({ data: [{ hash, body: toStored(plan) }], skipDuplicates: true });
        const digest = digestOfManifest(manifest);
        const stored = { ...manifest, price: writtenPrice(manifest.price) };
        const row = {
          manifest: JSON.parse(JSON.stringify(stored, bigintsAsText)) as Prisma.InputJsonObject,
          ...{ digest, payee, publisher: "outside", origin, state: "pending_review", protocol: "flow" },
          ...{ ownerId: payee, conformanceId: null, reason: null, stateAt: new Date() },
        };
        const made = await tx.agentVersion.createMany({ data: [{ agent, ...row }], skipDuplicates: true });
        if (made.count === 0)
          await tx.agentVersion.updateMany({ where: { agent, ownerId: payee, state: "draft" }, data: row });
        const kept = await tx.agentVersion.findUnique({ where: { agent }, select: { digest: true } });
        return kept?.digest === digest ? "submitted" : "taken";
      }),
  };
}

function bigintsAsText(_: string, value: unknown): unknown {
  return typeof value === "bigint" ? value.toString() : value;
}
