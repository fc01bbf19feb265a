import type { Prisma, PrismaClient } from "@/generated/prisma/client";

/**
 * The questions that somebody may read and answer now: those that ask them in a capacity that they still have, and those of
 * the people in whose place they stand, for some for one flow alone. Whoever was taken out of a group reads nothing of it.
 */
export async function asks(db: PrismaClient, person: string): Promise<Prisma.QuestionWhereInput> {
  const now = new Date();
  const standsIn = await db.delegation.findMany({
    where: { toId: person, revokedAt: null, fromAt: { lte: now }, until: { gt: now } },
    select: { fromId: true, flowId: true },
  });
  const people = [...new Set([person, ...standsIn.map(({ fromId }) => fromId)])];
  const capacities = await capacitiesOf(db, people);
  const isAsked = (who: string): Prisma.QuestionWhereInput => ({
    approvers: { has: who },
    OR: [{ seats: { some: { person: who, capacity: { in: capacities.get(who) ?? [] } } } }, { asked: "" }],
  });
  const given = standsIn.map(({ fromId, flowId }) => ({ ...isAsked(fromId), ...(flowId ? { flowId } : {}) }));
  return { OR: [isAsked(person), ...given] };
}

/** In which capacities people can be asked at this moment; everybody as themselves. */
async function capacitiesOf(db: PrismaClient, people: readonly string[]): Promise<ReadonlyMap<string, string[]>> {
  const where = { userId: { in: [...people] } };
  const [groups, roles] = await Promise.all([db.groupMember.findMany({ where }), db.membership.findMany({ where })]);
  const all = people.map((person): [string, string[]] => [
    person,
    [
      person,
      ...groups.flatMap(({ userId, orgId, name }) => (userId === person ? [`@group:${orgId}/${name}`] : [])),
      ...roles.flatMap(({ userId, orgId, roles: held }) =>
        userId === person ? held.map((role) => `@role:${orgId}/${role}`) : [],
      ),
    ],
  ]);
  return new Map(all);
}
