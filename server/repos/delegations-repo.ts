import { AccountId } from "@/flows/basics/ids";
import type { PrismaClient } from "@/generated/prisma/client";

/** Who answers in whose place, how long, and for which flow; null for all. */
export type Delegation = {
  id: string;
  from: { id: AccountId; name: string };
  to: { id: AccountId; name: string };
  flow: string | null;
  fromAt: Date;
  until: Date;
  revokedAt: Date | null;
};

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
  create(delegation: NewDelegation): Promise<void>;
  /** Only whoever gave it takes it back. */
  revoke(from: AccountId, id: string): Promise<boolean>;
};

export function delegationsRepo(db: PrismaClient): DelegationsRepo {
  return {
    async list(person) {
      const rows = await db.delegation.findMany({
        where: { OR: [{ fromId: person }, { toId: person }] },
        include: { from: true, to: true },
        orderBy: { createdAt: "desc" },
        take: 100,
      });
      return rows.map(({ id, from, to, flowId, fromAt, until, revokedAt }) => ({
        ...{ id, flow: flowId, fromAt, until, revokedAt },
        from: { id: AccountId.parse(from.id), name: from.name },
        to: { id: AccountId.parse(to.id), name: to.name },
      }));
    },
    async create({ id, from, to, flow, fromAt, until }) {
      await db.delegation.create({ data: { id, fromId: from, toId: to, flowId: flow, fromAt, until } });
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
