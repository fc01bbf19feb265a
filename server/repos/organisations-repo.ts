import { AccountId } from "@/flows/basics/ids";
import type { Prisma, PrismaClient } from "@/generated/prisma/client";

/** What somebody may do in an organisation. An admin says who belongs to it; an approver can be asked by that role. */
const ROLES = ["composer", "approver", "operator", "admin"] as const;
export type Role = (typeof ROLES)[number];

export type Member = { person: AccountId; name: string; roles: readonly Role[]; groups: readonly string[] };
export type Organisation = { id: string; name: string; members: readonly Member[] };

/** How an organisation is changed. Without roles and groups somebody does not belong to it any more. */
export type Change = { person: AccountId; roles: readonly Role[]; groups: readonly string[] } | { gone: AccountId };

export type OrganisationsRepo = {
  /** Those that somebody belongs to, with everybody in them. */
  list(person: AccountId): Promise<Organisation[]>;
  /** Whoever founds one is its admin. False when the id is taken. */
  found(founder: AccountId, organisation: { id: string; name: string }): Promise<boolean>;
  /** Changes one of its members while nobody else does, if `judge` lets it. */
  change<E extends string>(org: string, change: Change, judge: (now: Organisation) => E | null): Promise<E | null>;
};

const WITH_MEMBERS = { members: { include: { user: true, groups: true }, orderBy: { since: "asc" } } } as const;

export function organisationsRepo(db: PrismaClient): OrganisationsRepo {
  return {
    async list(person) {
      const rows = await db.organisation.findMany({
        where: { members: { some: { userId: person } } },
        include: WITH_MEMBERS,
        orderBy: { id: "asc" },
      });
      return rows.map(told);
    },
    async found(founder, { id, name }) {
      return db.$transaction(async (tx) => {
        const { count } = await tx.organisation.createMany({ data: [{ id, name }], skipDuplicates: true });
        if (count === 0) return false;
        await tx.membership.create({ data: { orgId: id, userId: founder, roles: [...ROLES] } });
        return true;
      });
    },
    async change(org, change, judge) {
      return db.$transaction(async (tx) => {
        await tx.$queryRaw`select 1 from organisation where id = ${org} for update`;
        const row = await tx.organisation.findUnique({ where: { id: org }, include: WITH_MEMBERS });
        const refusal = judge(row ? told(row) : { id: org, name: "", members: [] });
        if (refusal !== null || !row) return refusal;
        if ("gone" in change) await tx.membership.deleteMany({ where: { orgId: org, userId: change.gone } });
        else await put(tx, org, change);
        return null;
      });
    },
  };
}

async function put(
  tx: Prisma.TransactionClient,
  org: string,
  { person, roles, groups }: Extract<Change, { person: AccountId }>,
): Promise<void> {
  await tx.membership.upsert({
    where: { orgId_userId: { orgId: org, userId: person } },
    create: { orgId: org, userId: person, roles: [...roles] },
    update: { roles: [...roles] },
  });
  await tx.groupMember.deleteMany({ where: { orgId: org, userId: person, name: { notIn: [...groups] } } });
  const data = groups.map((name) => ({ orgId: org, userId: person, name }));
  await tx.groupMember.createMany({ data, skipDuplicates: true });
}

type Row = Prisma.OrganisationGetPayload<{ include: { members: { include: { user: true; groups: true } } } }>;

function told({ id, name, members }: Row): Organisation {
  return {
    id,
    name,
    members: members.map(({ userId, user, roles, groups }) => ({
      person: AccountId.parse(userId),
      name: user.name,
      roles: ROLES.filter((role) => roles.includes(role)),
      groups: groups.map((group) => group.name).sort(),
    })),
  };
}
