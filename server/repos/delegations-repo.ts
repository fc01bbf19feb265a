import { AccountId } from "@/flows/basics/ids";
import type { PrismaClient } from "@/generated/prisma/client";
import { asks } from "./asks";

/** Who answers in whose place, how long, and for which flow; null for all. */
export type Delegation = {
  id: string;
  from: { id: AccountId; name: string };
  to: { id: AccountId; name: string };
  flow: KnownFlow | null;
  fromAt: Date;
  until: Date;
  revokedAt: Date | null;
};
export type KnownFlow = { id: string; name: string };

export type NewDelegation = {
  id: string;
  from: AccountId;
  to: AccountId;
  flow: string | null;
  fromAt: Date;
  until: Date;
};

export type DelegationsRepo = {
  /** Those that somebody gave, or was given, the latest first. */
  list(person: AccountId): Promise<Delegation[]>;
  /** Flows for which somebody can give their place away: those that asked them lately, and their own. */
  flows(person: AccountId): Promise<KnownFlow[]>;
  /** Whether a flow has asked somebody, however long ago, or is their own. */
  mayGive(person: AccountId, flow: string): Promise<boolean>;
  /** From then on; whoever stands in is told of what waits already. */
  create(delegation: NewDelegation): Promise<void>;
  /** Only whoever gave it takes it back. */
  revoke(from: AccountId, id: string): Promise<boolean>;
};

const MOST_FLOWS = 200;
/** Of so many questions that wait already a stand-in is told, the oldest; the inbox has them all. */
const MOST_TOLD = 100;

export function delegationsRepo(db: PrismaClient): DelegationsRepo {
  return {
    async list(person) {
      const rows = await db.delegation.findMany({
        where: { OR: [{ fromId: person }, { toId: person }] },
        include: { from: true, to: true },
        orderBy: { createdAt: "desc" },
        take: 100,
      });
      const named = await db.flow.findMany({
        where: { id: { in: rows.flatMap(({ flowId }) => flowId ?? []) } },
        select: { id: true, name: true },
      });
      const names = new Map(named.map(({ id, name }) => [id, name]));
      return rows.map(({ id, from, to, flowId, fromAt, until, revokedAt }) => ({
        ...{ id, fromAt, until, revokedAt },
        flow: flowId === null ? null : { id: flowId, name: names.get(flowId) ?? flowId },
        from: { id: AccountId.parse(from.id), name: from.name },
        to: { id: AccountId.parse(to.id), name: to.name },
      }));
    },
    async flows(person) {
      // By groups: of `distinct` and `take` Prisma would read every question first.
      const asked = await db.question.groupBy({
        by: ["flowId"],
        where: { ...(await asks(db, person)), flowId: { not: null } },
        orderBy: { _max: { createdAt: "desc" } },
        take: MOST_FLOWS,
      });
      return db.flow.findMany({
        where: {
          OR: [{ id: { in: asked.flatMap(({ flowId }) => flowId ?? []) } }, { ownerId: person, removedAt: null }],
        },
        orderBy: { name: "asc" },
        take: MOST_FLOWS,
        select: { id: true, name: true },
      });
    },
    async mayGive(person, flow) {
      const own = await db.flow.findFirst({
        where: { id: flow, ownerId: person, removedAt: null },
        select: { id: true },
      });
      if (own) return true;
      const asked = await db.question.findFirst({
        where: { AND: [await asks(db, person), { flowId: flow }] },
        select: { operation: true },
      });
      return asked !== null;
    },
    async create({ id, from, to, flow, fromAt, until }) {
      await db.$transaction([
        db.delegation.create({ data: { id, fromId: from, toId: to, flowId: flow, fromAt, until } }),
        // What waits already is told as what comes: of whoever has heard of a question, a notice with its key is written no more.
        db.$executeRaw`
          insert into notice_happening (kind, operation, run_id, people)
          select 'approval_asked', operation, run_id, array[${from}] from question
           where state = 'open' and approvers @> array[${from}] and (${flow}::text is null or flow_id = ${flow})
           order by created_at, operation limit ${MOST_TOLD}`,
        db.$queryRaw`select pg_notify('notice_due', '')::text as told`,
      ]);
    },
    async revoke(from, id) {
      const { count } = await db.delegation.updateMany({
        where: { id, fromId: from, revokedAt: null },
        data: { revokedAt: new Date() },
      });
      return count === 1;
    },
  };
}
