import { AccountId, Capacity, type OperationId } from "@/flows/basics/ids";
import type { Asked } from "@/flows/plan/agreement";
import { fromStored } from "@/flows/plan/stored";
import type { Prisma } from "@/generated/prisma/client";

/** A capacity that somebody has at this moment; `of` is the person in whose place, null for their own. */
export type HeldSeat = { as: Capacity; of: AccountId | null };

type Where = { by: AccountId; operation: OperationId; flow: string | null };
type Reader = Pick<Prisma.TransactionClient, "$queryRaw">;
type SeatRow = { person: string; capacity: string; held: boolean };

/**
 * The seats that somebody has at a question now, their own before those of whom they stand in for. What says so is locked
 * until the transaction is over: a revocation that comes meanwhile waits for it, or was there first.
 */
export async function seatsHeld(
  tx: Reader,
  { by, operation, flow }: Where,
): Promise<{ seats: HeldSeat[]; wasAsked: boolean }> {
  const delegated = await tx.$queryRaw<{ from_id: string }[]>`
    select from_id from delegation
     where to_id = ${by} and revoked_at is null and from_at <= now() and until > now()
       and (flow_id is null or flow_id = ${flow}) order by id for share`;
  const people = [by, ...delegated.map(({ from_id }) => from_id)];
  await tx.$queryRaw`select 1 from membership where user_id = any(${people}) order by org_id, user_id for share`;
  await tx.$queryRaw`select 1 from group_member where user_id = any(${people}) order by org_id, name, user_id for share`;
  const rows = await tx.$queryRaw<SeatRow[]>`
    select a.person, a.capacity, holds_capacity(a.person, a.capacity) as held
      from question_asked a
     where a.operation = ${operation} and a.person = any(${people}) and a.from_at <= now()
     order by a.person <> ${by}, a.weight desc, a.capacity`;
  const held = rows.filter((row) => row.held);
  const seats = held.map(({ person, capacity }) => ({
    as: Capacity.parse(capacity),
    of: person === by ? null : AccountId.parse(person),
  }));
  return { seats, wasAsked: rows.length > 0 };
}

/** Whom a stored question asks and what it takes. */
export function askedOf({ asked, approvers }: { asked: string; approvers: readonly string[] }): Asked {
  if (asked !== "") return fromStored<Asked>(asked);
  return { approvers: approvers.map((each) => Capacity.parse(each)) };
}
