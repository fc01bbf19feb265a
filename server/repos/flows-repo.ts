import { type AccountId, type Digest, FlowId } from "@/flows/basics/ids";
import type { FlowDocument } from "@/flows/graph/graph";
import { storedDocument } from "@/flows/graph/stored-document";
import type { RunStatus } from "@/flows/run/status";
import type { Prisma, PrismaClient } from "@/generated/prisma/client";

export type FlowHead = { id: FlowId; name: string; revision: number; updatedAt: Date };
export type FlowInList = FlowHead & {
  nodes: number;
  lastRun: { id: string; status: RunStatus; createdAt: Date } | null;
};
export type SavedFlow = FlowHead & { document: FlowDocument };
export type NewFlow = { id: FlowId; name: string; document: FlowDocument };

export type FlowsRepo = {
  list(owner: AccountId): Promise<FlowInList[]>;
  find(owner: AccountId, id: FlowId): Promise<SavedFlow | null>;
  create(owner: AccountId, flow: NewFlow): Promise<void>;
  /** Sees to it that the owner has this flow: one that is there stays as it is, one that was removed is there again. */
  ensure(owner: AccountId, flow: NewFlow): Promise<void>;
  rename(owner: AccountId, id: FlowId, name: string): Promise<boolean>;
  remove(owner: AccountId, id: FlowId): Promise<boolean>;
  /** Keeps a flow as it is now, once per content, and says which version that is. */
  freeze(id: FlowId, digest: Digest, document: FlowDocument): Promise<number>;
  version(id: FlowId, version: number): Promise<FlowDocument | null>;
};

type ListRow = { id: string; name: string; revision: number; updatedAt: Date; nodes: number } & {
  runId: string | null;
  runStatus: string | null;
  runCreatedAt: Date | null;
};

const FREEZE_ATTEMPTS = 20;
const HEAD = { id: true, name: true, revision: true, updatedAt: true } as const;

export function flowsRepo(db: PrismaClient): FlowsRepo {
  return {
    async list(ownerId) {
      // The drawings stay in the database: a list counts their nodes and needs nothing else of them.
      const rows = await db.$queryRaw<ListRow[]>`
        select f.id, f.name, f.revision, f.updated_at as "updatedAt", jsonb_array_length(f.document -> 'nodes') as nodes,
               r.id as "runId", r.status as "runStatus", r.created_at as "runCreatedAt"
          from flow f
          left join lateral (
            select id, status, created_at from run where flow_id = f.id order by created_at desc limit 1
          ) r on true
         where f.owner_id = ${ownerId} and f.removed_at is null and f.id not like 'try-%' -- tries of agents are on their pages
         order by f.updated_at desc limit 200`;
      return rows.map(({ runId, runStatus, runCreatedAt, nodes, ...head }) => ({
        ...headOf(head),
        nodes,
        lastRun: runId && runCreatedAt ? { id: runId, status: runStatus as RunStatus, createdAt: runCreatedAt } : null,
      }));
    },
    async find(ownerId, id) {
      const where = { id, ownerId, removedAt: null };
      const row = await db.flow.findFirst({ where, select: { ...HEAD, document: true } });
      return row ? { ...headOf(row), document: storedDocument(row.document) } : null;
    },
    async create(ownerId, { id, name, document }) {
      await db.flow.create({ data: { id, ownerId, name, document: asJson(document) } });
    },
    async ensure(ownerId, { id, name, document }) {
      // Two who ask at once both get it, and nobody gets somebody else's.
      await db.$executeRaw`
        insert into flow (id, owner_id, name, document)
        values (${id}, ${ownerId}, ${name}, ${JSON.stringify(document)}::jsonb)
        on conflict (id) do update set removed_at = null
         where flow.owner_id = excluded.owner_id and flow.removed_at is not null`;
    },
    async rename(ownerId, id, name) {
      const { count } = await db.flow.updateMany({ where: { id, ownerId, removedAt: null }, data: { name } });
      return count === 1;
    },
    async remove(ownerId, id) {
      const where = { id, ownerId, removedAt: null };
      const off = { offAt: new Date(), nextAt: null, secret: null, secretBefore: null, secretBeforeUntil: null };
      const [{ count }] = await db.$transaction([
        db.flow.updateMany({ where, data: { removedAt: new Date() } }),
        db.flowTrigger.updateMany({ where: { flowId: id, ownerId, offAt: null }, data: off }), // nobody could find them
      ]);
      return count === 1;
    },
    async freeze(flowId, digest, document) {
      for (let attempt = 0; attempt < FREEZE_ATTEMPTS; attempt++) {
        // Whoever takes the same number at the same moment is let through, and this one asks again.
        const [row] = await db.$queryRaw<{ version: number }[]>`
          with known as (select version from flow_version where flow_id = ${flowId} and digest = ${digest}),
          made as (
            insert into flow_version (flow_id, version, digest, document)
            select ${flowId}, coalesce((select max(version) from flow_version where flow_id = ${flowId}), 0) + 1,
                   ${digest}, ${JSON.stringify(document)}::jsonb
            where not exists (select 1 from known)
            on conflict do nothing
            returning version)
          select version from known union all select version from made`;
        if (row) return row.version;
      }
      throw new Error(`flow ${flowId} could not be frozen`);
    },
    async version(flowId, version) {
      const row = await db.flowVersion.findUnique({ where: { flowId_version: { flowId, version } } });
      return row ? storedDocument(row.document) : null;
    },
  };
}

function headOf(row: { id: string; name: string; revision: number; updatedAt: Date }): FlowHead {
  return { ...row, id: FlowId.parse(row.id) };
}

function asJson(document: FlowDocument): Prisma.InputJsonObject {
  return document as unknown as Prisma.InputJsonObject;
}
