import type { Pool } from "pg";
import type { AccountId, AgentId } from "@/flows/basics/ids";
import { together } from "./together";

/** How many calls of one agent are let through for one owner: `burst` at once, and `perMinute` from then on. */
export type Rate = { perMinute: number; burst: number };
export type Caller = { owner: AccountId; agent: AgentId };

export type CallRates = {
  /** Gives a call its turn, once: it is taken out of the rate at once. Units: milliseconds from now, 0 for now. */
  turnIn(caller: Caller): Promise<number>;
  /** Gives turns back that will not be used. */
  handBack(callers: readonly Caller[]): Promise<void>;
};

type CallRatesOptions = { pool: Pool; rate: Rate; now?: () => number };
type Counted = Caller & { calls: number };

/**
 * A bucket for each agent and owner, in the database: it holds over all workers and restarts. It is kept as one time,
 * at which every call that was let through will have had its share of a minute. Turns are handed out ahead of time, so
 * ten thousand calls that wait ask once each, and come in the order in which they asked. `now` stands in for the
 * database's clock in tests.
 */
export function callRates({ pool, rate, now }: CallRatesOptions): CallRates {
  const eachMs = 60_000 / rate.perMinute;
  const aheadMs = (rate.burst - 1) * eachMs;
  const clock = () => now?.() ?? null;

  const ask = together(async (callers: readonly Caller[]) => {
    const counted = countedOf(callers);
    const { rows } = await pool.query<{ owner_id: string; agent: string; free_in_ms: number }>({
      name: "call_turns",
      text: TAKE_TURNS,
      values: [...columns(counted), eachMs, clock()],
    });
    const freeInMs = new Map(rows.map((row) => [keyOf(row.owner_id, row.agent), row.free_in_ms]));
    // The last of those who asked together is let through last: its share ends when the bucket is free.
    const lastIn = new Map(
      counted.map(({ owner, agent, calls }) => {
        const key = keyOf(owner, agent);
        const free = freeInMs.get(key);
        if (free === undefined) throw new Error("a call was given no turn");
        return [key, free - calls * eachMs - aheadMs];
      }),
    );
    return ({ owner, agent }: Caller) => {
      const key = keyOf(owner, agent);
      const turn = lastIn.get(key) ?? 0;
      lastIn.set(key, turn + eachMs);
      return Math.max(0, Math.ceil(turn));
    };
  });

  return {
    turnIn: ask,
    async handBack(callers) {
      if (callers.length > 0) await pool.query(HAND_BACK, [...columns(countedOf(callers)), eachMs]);
    },
  };
}

const AT = "coalesce(to_timestamp($5::float8 / 1000), now())";
const COUNTED = "unnest($1::text[], $2::text[], $3::int[]) as c(owner_id, agent, calls)";

// In the order of the keys, so that two workers cannot wait for each other.
const TAKE_TURNS = `
insert into call_rate as b (owner_id, agent, free_at)
select owner_id, agent, ${AT} + calls * $4::float8 * interval '1 millisecond' from ${COUNTED} order by owner_id, agent
on conflict (owner_id, agent)
do update set free_at = greatest(b.free_at, ${AT}) + (excluded.free_at - ${AT})
returning owner_id, agent, extract(epoch from free_at - ${AT})::float8 * 1000 as free_in_ms`;

const HAND_BACK = `
with own as materialized (
  select b.owner_id, b.agent, c.calls from call_rate b join ${COUNTED} using (owner_id, agent)
   order by b.owner_id, b.agent for update of b)
update call_rate b set free_at = b.free_at - own.calls * $4::float8 * interval '1 millisecond'
  from own where b.owner_id = own.owner_id and b.agent = own.agent`;

function keyOf(owner: string, agent: string): string {
  return JSON.stringify([owner, agent]);
}

function countedOf(callers: readonly Caller[]): Counted[] {
  const counts = new Map<string, Counted>();
  for (const { owner, agent } of callers) {
    const key = keyOf(owner, agent);
    counts.set(key, { owner, agent, calls: (counts.get(key)?.calls ?? 0) + 1 });
  }
  return [...counts.values()];
}

function columns(counted: readonly Counted[]) {
  return [counted.map(({ owner }) => owner), counted.map(({ agent }) => agent), counted.map(({ calls }) => calls)];
}
