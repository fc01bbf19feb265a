import type { AccountId, FlowId } from "@/flows/basics/ids";
import type { DeedEdit, Left } from "@/flows/graph/deed";
import { storedEdits } from "@/flows/graph/edit-schema";
import type { FlowDocument } from "@/flows/graph/graph";
import type { LoggedDeed } from "@/flows/graph/log";
import { storedDocument } from "@/flows/graph/stored-document";
import type { Prisma, PrismaClient } from "@/generated/prisma/client";

/** A deed as a list shows it; `left` is how many of its edits no longer applied. */
export type DeedInList = { revision: number; name: string; at: Date; left: readonly Left[] };
/** A revision that is kept whole: by name, or for replaying alone when it has none. */
export type Mark = { revision: number; version: number; digest: string; name: string | null; at: Date };

export type DeedsRepo = {
  /** Writes deeds down and the document that they lead to. False when the flow has moved on from `from` meanwhile. */
  take(
    place: { owner: AccountId; flow: FlowId; from: number },
    taken: { logged: readonly LoggedDeed[]; document: FlowDocument },
  ): Promise<boolean>;
  /** Which of these deeds are in the log. */
  known(flow: FlowId, ids: readonly string[]): Promise<ReadonlySet<string>>;
  /** Deeds behind revision `after` up to and with `upTo`, the first first. */
  between(flow: FlowId, range: { after: number; upTo: number }): Promise<LoggedDeed[]>;
  /** The last deeds before a revision, the last first. */
  list(flow: FlowId, page: { before: number; take: number }): Promise<DeedInList[]>;
  /** Keeps a revision, under a name or to replay from. A name takes the place of none or of another. */
  mark(flow: FlowId, mark: { revision: number; version: number; name: string | null }): Promise<void>;
  marks(flow: FlowId): Promise<Mark[]>;
  /** The nearest revision at or before this one that is kept whole. */
  markBefore(flow: FlowId, revision: number): Promise<{ revision: number; document: FlowDocument } | null>;
};

export function deedsRepo(db: PrismaClient): DeedsRepo {
  return {
    async take({ owner, flow, from }, { logged, document }) {
      const revision = from + logged.length;
      return db.$transaction(async (tx) => {
        const { count } = await tx.flow.updateMany({
          where: { id: flow, ownerId: owner, revision: from, removedAt: null },
          data: { document: asJson(document), revision, updatedAt: new Date() },
        });
        if (count === 1)
          await tx.flowDeed.createMany({
            data: logged.map(({ edits, left, ...deed }) => ({
              ...deed,
              ...{ flowId: flow, byId: owner, edits: asJson(edits), left: asJson(left) },
            })),
          });
        return count === 1;
      });
    },
    async known(flowId, ids) {
      const rows = await db.flowDeed.findMany({ where: { flowId, id: { in: [...ids] } }, select: { id: true } });
      return new Set(rows.map(({ id }) => id));
    },
    async between(flowId, { after, upTo }) {
      const where = { flowId, revision: { gt: after, lte: upTo } };
      const select = { revision: true, id: true, name: true, edits: true, left: true } as const;
      const rows = await db.flowDeed.findMany({ where, select, orderBy: { revision: "asc" } });
      return rows.map((row) => ({ ...row, edits: storedEdits(row.edits), left: storedLeft(row.left) }));
    },
    async list(flowId, { before, take }) {
      const select = { revision: true, name: true, at: true, left: true } as const;
      const where = { flowId, revision: { lt: before } };
      const rows = await db.flowDeed.findMany({ where, select, take, orderBy: { revision: "desc" } });
      return rows.map((row) => ({ ...row, left: storedLeft(row.left) }));
    },
    async mark(flowId, { revision, version, name }) {
      // Two that keep a revision at the same moment keep the same.
      await db.flowMark.createMany({ data: { flowId, revision, version }, skipDuplicates: true });
      if (name === null) return;
      await db.flowMark.update({
        where: { flowId_revision: { flowId, revision } },
        data: { version, name, at: new Date() },
      });
    },
    async marks(flowId) {
      const rows = await db.flowMark.findMany({
        where: { flowId },
        select: { revision: true, version: true, name: true, at: true, kept: { select: { digest: true } } },
        orderBy: { revision: "desc" },
      });
      return rows.map(({ kept, ...mark }) => ({ ...mark, digest: kept.digest }));
    },
    async markBefore(flowId, revision) {
      const row = await db.flowMark.findFirst({
        where: { flowId, revision: { lte: revision } },
        select: { revision: true, kept: { select: { document: true } } },
        orderBy: { revision: "desc" },
      });
      return row && { revision: row.revision, document: storedDocument(row.kept.document) };
    },
  };
}

/** What was left out is told, never applied: it is shown as it was written down. */
function storedLeft(stored: Prisma.JsonValue): Left[] {
  return stored as unknown as Left[];
}

/** Fields that are undefined stay away, as they do in every JSON. */
function asJson(parts: FlowDocument | readonly (DeedEdit | Left)[]): Prisma.InputJsonValue {
  return JSON.parse(JSON.stringify(parts)) as Prisma.InputJsonValue;
}
