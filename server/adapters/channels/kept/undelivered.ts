import type { Pool } from "pg";
import type { AccountId, OperationId, RunId } from "@/flows/basics/ids";
import type { ChannelName } from "../channel";
import { URGENT } from "../kinds";

/**
 * An approval that did not reach somebody by one way so far. `given up`: it is not tried again. `otherwise` are the ways by
 * which it arrived. Another person's address is no business of whoever pays: they are told the cause without the server's words.
 */
export type ShownUndelivered = {
  sending: string;
  operation: OperationId;
  run: RunId;
  title: string;
  person: string;
  isMine: boolean;
  channel: ChannelName;
  state: "trying" | "given_up";
  problem: string;
  attempts: number;
  nextAt: Date;
  otherwise: ChannelName[];
};

const MOST = 50;

/** Those that concern somebody, as they pay for the run or are asked themselves: of one run, of one question, or all open ones. */
export function undelivered(pool: Pool) {
  return async (viewer: AccountId, of: { run?: RunId; operation?: OperationId }): Promise<ShownUndelivered[]> => {
    const { rows } = await pool.query<ShownUndelivered>(UNDELIVERED, [
      viewer,
      of.run ?? null,
      of.operation ?? null,
      URGENT,
      MOST,
    ]);
    return rows;
  };
}

const UNDELIVERED = `
select s.id as sending, n.operation, n.run_id as run, n.title, u.name as person, n.receiver_id = $1 as "isMine", s.channel,
       case s.state when 'dead' then 'given_up' else 'trying' end as state, s.attempts, s.due_at as "nextAt",
       case when n.receiver_id = $1 or s.problem_code in ('channel_unreachable', 'channel_slow', 'channel_absent') then s.problem
            when s.problem_code in ('address_refused', 'address_gone') then 'the address does not take it'
            else 'it was refused' end as problem,
       array(select distinct o.channel from notice_delivery od join notice_sending o on o.id = od.sending_id
              where od.notice_id = n.id and o.state = 'sent') as otherwise
  from notice n
  join notice_delivery d on d.notice_id = n.id
  join notice_sending s on s.id = d.sending_id and s.state in ('queued', 'dead') and s.problem is not null
  join run r on r.id = n.run_id
  join "user" u on u.id = n.receiver_id
  join question q on q.operation = n.operation and q.state = 'open'
 where n.kind = any($4) and (r.owner_id = $1 or n.receiver_id = $1)
   and ($2::text is null or n.run_id = $2) and ($3::text is null or n.operation = $3)
 order by n.at, s.created_at limit $5`;
