import type { Pool, PoolClient } from "pg";
import { MICROCREDITS_PER_BASE_UNIT } from "@/flows/basics/exchange";
import type { AccountId, RunId } from "@/flows/basics/ids";
import { type Currency, type Money, money } from "@/flows/basics/money";
import type { WantedSum } from "@/flows/policy/facts";
import { windowOf } from "@/flows/policy/hours";

/** Whose payments are added up, as seen from which moment and, for sums of a run, from which run. */
export type Looking = { payer: AccountId; run: RunId | null; currency: Currency; nowMs: number };

/** Longer than a month in any zone, so that the index can leave out what lies before. */
const A_MONTH = "40 days";

type Clause = { text: string; values: readonly unknown[] };

/** Which payments a sum is about. Parameters are numbered from `first`. */
const OF: Record<WantedSum["by"], (first: number, of: string) => Clause> = {
  all: () => ({ text: "true", values: [] }),
  payee: (first, of) => ({ text: `j.payee = $${first}`, values: [of] }),
  agent: (first, of) => ({ text: `j.agent = $${first}`, values: [of] }),
  category: (first, of) => ({ text: `$${first} = any(j.categories)`, values: [of] }),
};

function within({ per, zone }: WantedSum, { run, nowMs }: Looking, first: number): Clause {
  if (per === "run") return { text: `j.run_id = $${first}`, values: [run] };
  const form = per === "day" ? "YYYY-MM-DD" : "YYYY-MM";
  const text = `to_char(j.at at time zone $${first}, '${form}') = $${first + 1}`;
  return { text, values: [zone, windowOf(per, nowMs, zone)] };
}

/**
 * What a payer has spent, by the keys of the sums. What was allowed and is not paid yet counts in full until its run is
 * over: it may still be paid. [Y6]
 */
export async function sumsOf(
  db: Pool | PoolClient,
  wanted: readonly WantedSum[],
  looking: Looking,
): Promise<Record<string, Money>> {
  const sums: Record<string, Money> = {};
  for (const sum of wanted) sums[sum.key] = await sumOf(db, sum, looking);
  return sums;
}

async function sumOf(db: Pool | PoolClient, wanted: WantedSum, looking: Looking): Promise<Money> {
  const { payer, currency, nowMs } = looking;
  const first = [payer, nowMs];
  const window = within(wanted, looking, first.length + 1);
  const picked = OF[wanted.by](first.length + window.values.length + 1, wanted.of);
  const { rows } = await db.query<{ spent: string }>({
    name: `policy_sum_${wanted.per}_${wanted.by}`,
    text: `select coalesce(sum(coalesce(t.amount, case when r.finished_at is null then j.most else 0 end)
                      * case when j.currency = 'usdc_base' then ${MICROCREDITS_PER_BASE_UNIT} else 1 end), 0)::text as spent
             from policy_judgement j
             join run r on r.id = j.run_id
             left join ledger_transfer t on t.operation = j.capture and t.leg = 0
            where j.payer = $1 and not j.is_denied and j.at > to_timestamp($2::float8 / 1000) - interval '${A_MONTH}'
              and ${window.text} and ${picked.text}`,
    values: [...first, ...window.values, ...picked.values],
  });
  return told(currency, BigInt(rows[0]?.spent ?? 0));
}

/** Everything counts at its worth in microcredits; told in USDC it is rounded up, against the payment. */
function told(currency: Currency, microcredits: bigint): Money {
  if (currency !== "usdc_base") return money(currency, microcredits);
  return money(currency, (microcredits + MICROCREDITS_PER_BASE_UNIT - 1n) / MICROCREDITS_PER_BASE_UNIT);
}
