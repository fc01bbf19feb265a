import type { AgentId } from "@/flows/basics/ids";
import type { PrismaClient } from "@/generated/prisma/client";

/** `ms`: half of the latest calls that delivered took no longer. `calls`: how many of them are known, at most 100. */
export type CallTime = { agent: AgentId; ms: number; calls: number };

export type CallTimesRepo = {
  /** Of every agent that can be called now and has delivered. */
  latest(): Promise<CallTime[]>;
};

export function callTimesRepo(db: PrismaClient): CallTimesRepo {
  return {
    latest: () => db.$queryRaw<CallTime[]>`
      select v.agent, t.ms, t.calls
        from agent_version v,
             lateral (select count(*)::int as calls, percentile_disc(0.5) within group (order by latest.ms)::int as ms
                        from (select c.ms from agent_call c
                               where c.agent = v.agent order by c.id desc limit 100) latest) t
       where v.state = 'active' and t.calls > 0
       order by v.agent`,
  };
}
