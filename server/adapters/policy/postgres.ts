import type { Pool, PoolClient } from "pg";
import { err, ok } from "@/flows/basics/result";
import { canonicalJson } from "@/flows/plan/canonical";
import { type Applied, applyRules, unknownPayer } from "@/flows/policy/apply";
import type { CheckedPolicy } from "@/flows/policy/check";
import { type Action, neededSums } from "@/flows/policy/facts";
import type { Bucket } from "@/flows/policy/rate";
import type { ClockPort } from "@/flows/ports/clock";
import { type PolicyAsk, type PolicyPort, type PolicyVerdict, spoken } from "@/flows/ports/policy";
import { inTransaction, isConnectionLost } from "../connection";
import { policyOf } from "./kept";
import { sumsOf } from "./sums";

type Judged = Awaited<ReturnType<PolicyPort["judge"]>>;

/**
 * Judges payments by the rules that their runs were started under. The payments of one payer are judged one after the
 * other, each in a transaction that also writes the judgement down, so that limits hold over all runs. [Y6] [Y7]
 */
export function postgresPolicies({ pool, clock }: { pool: Pool; clock: ClockPort }): PolicyPort {
  return {
    async judge(ask) {
      try {
        return await inTransaction<Judged>(pool, async (db) => {
          await db.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [`policy ${ask.payer}`]);
          const earlier = await firstVerdict(db, ask);
          if (earlier) return { keep: false, answer: earlier };
          const policy = await policyOf(db, ask.policy);
          if (!policy) return { keep: false, answer: err({ code: "policy_unknown", policy: ask.policy }) };
          return { keep: true, answer: ok(await judgedNow(db, { ask, policy, nowMs: clock.now() })) };
        });
      } catch (problem) {
        if (isConnectionLost(problem)) return err({ code: "outcome_unknown", reason: "The database was lost." });
        throw problem;
      }
    },
  };
}

async function firstVerdict(db: PoolClient, ask: PolicyAsk): Promise<Judged | null> {
  const { operation } = ask;
  const { rows } = await db.query<{ body: string; verdict: string }>(
    "select body, verdict from policy_judgement where operation = $1",
    [operation],
  );
  const [row] = rows;
  if (!row) return null;
  return row.body === canonicalJson(ask)
    ? ok(JSON.parse(row.verdict) as PolicyVerdict)
    : err({ code: "operation_reused", operation });
}

type Judging = { ask: PolicyAsk; policy: CheckedPolicy; nowMs: number };

async function judgedNow(db: PoolClient, { ask, policy, nowMs }: Judging): Promise<PolicyVerdict> {
  const { payer, run } = ask;
  const action = await actionOf(db, ask);
  const rules = policy.rules.map(({ rule }) => rule);
  const looking = { payer, run, currency: action.amount.currency, nowMs };
  const applied = applyRules(policy, action, {
    payer: unknownPayer(payer),
    nowMs,
    sums: await sumsOf(db, neededSums(rules, action), looking),
    buckets: rules.some(({ rule }) => rule === "rate") ? await bucketsOf(db, payer) : {},
  });
  await writeDown(db, { ask, action, applied, nowMs });
  return spoken(applied.verdict);
}

/** Nobody has proved what an agent is worth, or where its publisher is: that is not known. */
async function actionOf(db: PoolClient, { action }: PolicyAsk): Promise<Action> {
  const { kind, agent, payee, publisher, amount } = action;
  const { rows } = await db.query<{ categories: string[] | null }>(
    "select array(select jsonb_array_elements_text(manifest->'capabilities')) as categories from agent_version where agent = $1",
    [agent],
  );
  const categories = rows[0]?.categories ?? [];
  return { kind, agent, payee, publisher, amount, categories, reputation: null, stake: null, payeeCountry: null };
}

async function bucketsOf(db: PoolClient, payer: string): Promise<Record<string, Bucket>> {
  const { rows } = await db.query<{ rule: string; tokens: number; at: Date }>(
    "select rule, tokens, at from policy_bucket where payer = $1",
    [payer],
  );
  return Object.fromEntries(rows.map(({ rule, tokens, at }) => [rule, { tokens, atMs: at.getTime() }]));
}

type Done = { ask: PolicyAsk; action: Action; applied: Applied; nowMs: number };

async function writeDown(db: PoolClient, { ask, action, applied, nowMs }: Done): Promise<void> {
  const { operation, run, payer } = ask;
  const { verdict, buckets } = applied;
  const capture = operation.replace(/\/judge$/, "/capture");
  await db.query(
    `insert into policy_judgement
       (operation, body, verdict, run_id, payer, payee, agent, categories, currency, most, capture, is_denied, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, to_timestamp($13::float8 / 1000))`,
    [
      ...[operation, canonicalJson(ask), canonicalJson(spoken(verdict)), run, payer, action.payee, action.agent],
      ...[action.categories, action.amount.currency, action.amount.amount.toString(), capture],
      ...[verdict.verdict === "deny", nowMs],
    ],
  );
  for (const [rule, { tokens, atMs }] of Object.entries(buckets))
    await db.query(
      `insert into policy_bucket (payer, rule, tokens, at) values ($1, $2, $3, to_timestamp($4::float8 / 1000))
       on conflict (payer, rule) do update set tokens = excluded.tokens, at = excluded.at`,
      [payer, rule, tokens, atMs],
    );
}
