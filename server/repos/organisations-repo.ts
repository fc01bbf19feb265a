import { AccountId } from "@/flows/basics/ids";
import type { Prisma, PrismaClient } from "@/generated/prisma/client";

/** What somebody may do in an organisation. An admin says who belongs to it; an approver can be asked by that role. */
const ROLES = ["composer", "approver", "operator", "admin"] as const;
export type Role = (typeof ROLES)[number];

export type Member = { person: AccountId; name: string; roles: readonly Role[]; groups: readonly string[] };
/** Somebody who has not said yet whether they join, and can until then. Nothing is told of them but what was written down to invite them. */
export type Invited = { person: AccountId; roles: readonly Role[]; groups: readonly string[]; at: Date; until: Date };
export type Organisation = { id: string; name: string; members: readonly Member[]; invited: readonly Invited[] };

/** An invitation as whoever is invited sees it. `by` is the name of who invited them. */
export type Invitation = { org: string; name: string; by: string } & Omit<Invited, "person">;

/** How an organisation is changed. Whoever is no member yet is invited; who is gone is not invited any more either. */
export type Change = { person: AccountId; roles: readonly Role[]; groups: readonly string[] } | { gone: AccountId };

export type OrganisationsRepo = {
  /** Those that somebody belongs to, with everybody in them. */
  list(person: AccountId): Promise<Organisation[]>;
  /** Whoever founds one is its admin. False when the id is taken. */
  found(founder: AccountId, organisation: { id: string; name: string }): Promise<boolean>;
  /**
   * Changes one of its members, or invites somebody, while nobody else does, if `judge` lets it. `asking` is how many wait
   * for an answer whom who changes it has invited, here or elsewhere.
   */
  change<E extends string>(
    by: AccountId,
    { org, change }: { org: string; change: Change },
    judge: (now: Organisation, asking: number) => E | null,
  ): Promise<E | null>;
  /** The latest first. */
  invitations(person: AccountId): Promise<Invitation[]>;
  /** Joins as they were invited, or not at all. */
  answerInvitation(
    person: AccountId,
    { org, joins }: { org: string; joins: boolean },
  ): Promise<"answered" | "invitation_not_found" | "invitation_expired">;
};

const withMembers = () =>
  ({
    members: { include: { user: true, groups: true }, orderBy: { since: "asc" } },
    invited: { where: { at: { gt: openSince() } }, orderBy: { at: "asc" } },
  }) as const;
const MOST_INVITATIONS = 50;
export const INVITED_DAYS = 14;
const INVITED_MS = INVITED_DAYS * 86_400_000;
/** What was sent after this is open still. */
const openSince = () => new Date(Date.now() - INVITED_MS);
const untilOf = (at: Date) => new Date(at.getTime() + INVITED_MS);

export function organisationsRepo(db: PrismaClient): OrganisationsRepo {
  return {
    async list(person) {
      const rows = await db.organisation.findMany({
        where: { members: { some: { userId: person } } },
        include: withMembers(),
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
    async change(by, { org, change }, judge) {
      return db.$transaction(async (tx) => {
        await lock(tx, org);
        await tx.invitation.deleteMany({ where: { orgId: org, at: { lte: openSince() } } }); // who is asked anew is told anew
        const row = await tx.organisation.findUnique({ where: { id: org }, include: withMembers() });
        await tx.$queryRaw`select 1 from "user" where id = ${by} for no key update`; // who invites in two places at once does so in turn
        const asking = await tx.invitation.count({ where: { byId: by, at: { gt: openSince() } } });
        const refusal = judge(row ? told(row) : { id: org, name: "", members: [], invited: [] }, asking);
        if (refusal !== null || !row) return refusal;
        if ("gone" in change) await takeOut(tx, org, change.gone);
        else if (row.members.some(({ userId }) => userId === change.person)) await put(tx, org, change);
        else await invite(tx, { org, by }, change);
        return null;
      });
    },
    async invitations(person) {
      const rows = await db.invitation.findMany({
        where: { userId: person, at: { gt: openSince() } },
        include: { org: true },
        orderBy: { at: "desc" },
        take: MOST_INVITATIONS,
      });
      const inviters = await db.user.findMany({ where: { id: { in: rows.map(({ byId }) => byId) } } });
      const names = new Map(inviters.map(({ id, name }) => [id, name]));
      return rows.map(({ org, byId, roles, groups, at }) => ({
        ...{ org: org.id, name: org.name, by: names.get(byId) ?? byId },
        ...{ roles: rolesOf(roles), groups, at, until: untilOf(at) },
      }));
    },
    async answerInvitation(person, { org, joins }) {
      return db.$transaction(async (tx) => {
        await lock(tx, org);
        const where = { orgId_userId: { orgId: org, userId: person } };
        const invited = await tx.invitation.findUnique({ where });
        if (!invited) return "invitation_not_found";
        await tx.invitation.delete({ where });
        if (invited.at <= openSince()) return "invitation_expired";
        if (joins) await put(tx, org, { person, roles: rolesOf(invited.roles), groups: invited.groups });
        return "answered";
      });
    },
  };
}

type Tx = Prisma.TransactionClient;
type Put = Extract<Change, { person: AccountId }>;

async function lock(tx: Tx, org: string): Promise<void> {
  await tx.$queryRaw`select 1 from organisation where id = ${org} for update`;
}

async function takeOut(tx: Tx, org: string, person: AccountId): Promise<void> {
  await tx.membership.deleteMany({ where: { orgId: org, userId: person } });
  await tx.invitation.deleteMany({ where: { orgId: org, userId: person } });
  await unasked(tx, org, person);
}

/** What somebody who is no admin any more has asked others to join as is asked no more. */
async function unasked(tx: Tx, org: string, by: AccountId): Promise<void> {
  await tx.invitation.deleteMany({ where: { orgId: org, byId: by } });
}

async function invite(
  tx: Tx,
  { org, by }: { org: string; by: AccountId },
  { person, roles, groups }: Put,
): Promise<void> {
  const asked = { byId: by, roles: [...roles], groups: [...groups], at: new Date() };
  await tx.invitation.upsert({
    where: { orgId_userId: { orgId: org, userId: person } },
    create: { orgId: org, userId: person, ...asked },
    update: asked,
  });
}

const rolesOf = (roles: readonly string[]): Role[] => ROLES.filter((role) => roles.includes(role));

async function put(tx: Tx, org: string, { person, roles, groups }: Put): Promise<void> {
  await tx.membership.upsert({
    where: { orgId_userId: { orgId: org, userId: person } },
    create: { orgId: org, userId: person, roles: [...roles] },
    update: { roles: [...roles] },
  });
  if (!roles.includes("admin")) await unasked(tx, org, person);
  await tx.groupMember.deleteMany({ where: { orgId: org, userId: person, name: { notIn: [...groups] } } });
  const data = groups.map((name) => ({ orgId: org, userId: person, name }));
  await tx.groupMember.createMany({ data, skipDuplicates: true });
}

type Row = Prisma.OrganisationGetPayload<{
  include: { members: { include: { user: true; groups: true } }; invited: true };
}>;

function told({ id, name, members, invited }: Row): Organisation {
  return {
    id,
    name,
    members: members.map(({ userId, user, roles, groups }) => ({
      person: AccountId.parse(userId),
      name: user.name,
      roles: rolesOf(roles),
      groups: groups.map((group) => group.name).sort(),
    })),
    invited: invited.map(({ userId, roles, groups, at }) => ({
      ...{ person: AccountId.parse(userId), roles: rolesOf(roles), groups: groups.toSorted(), at },
      until: untilOf(at),
    })),
  };
}
