import type { AccountId } from "@/flows/basics/ids";
import type { PrismaClient } from "@/generated/prisma/client";

/**
 * How many questions wait for somebody now: those that `asks` finds. Every page asks this, so it is one statement, and what
 * somebody is and in whose place they stand is read in it once.
 */
export async function countOpen(db: PrismaClient, approver: AccountId): Promise<number> {
  const [row] = await db.$queryRaw<{ open: number }[]>`
    with place as materialized (
      select ${approver}::text as person, null::text as flow_id
      union
      select from_id, flow_id from delegation
       where to_id = ${approver} and revoked_at is null and from_at <= now() and until > now()
    ), seat as materialized (
      select person, person as capacity from place
      union
      select p.person, '@group:' || g.org_id || '/' || g.name from place p join group_member g on g.user_id = p.person
      union
      select p.person, '@role:' || m.org_id || '/' || role
        from place p join membership m on m.user_id = p.person, unnest(m.roles) role
    )
    select count(distinct q.operation)::int as open
      from place p
      join question q on q.state = 'open' and q.approvers @> array[p.person] and (p.flow_id is null or p.flow_id = q.flow_id)
     where q.asked = '' or exists (
       select from question_asked a join seat s on s.person = a.person and s.capacity = a.capacity
        where a.operation = q.operation and a.person = p.person)`;
  return row?.open ?? 0;
}
