import type { Digest, OperationId, RunId } from "../basics/ids";
import { type Currency, money } from "../basics/money";
import { err, ok, type Result } from "../basics/result";
import { applyRules, unknownPayer } from "../policy/apply";
import type { CheckedPolicy } from "../policy/check";
import { type Action, neededSums, type WantedSum } from "../policy/facts";
import { windowOf } from "../policy/hours";
import type { Bucket } from "../policy/rate";
import type { ClockPort } from "../ports/clock";
import { type PolicyAsk, type PolicyError, type PolicyPort, type PolicyVerdict, spoken } from "../ports/policy";
import { firstAnswers } from "./first-answers";

type Judged = { ask: PolicyAsk; action: Action; atMs: number };

/** What else a store of rules has to see: which runs are over, and what a payment came to. */
export type PolicyWorld = {
  policies: ReadonlyMap<Digest, CheckedPolicy>;
  clock: ClockPort;
  isOver(run: RunId): boolean;
  /** In smallest units, by the operation of its judgement; null while nothing was paid. */
  paidFor(judgement: OperationId): bigint | null;
};

/** Rules and what was judged by them, in memory. What may still be paid counts as if it were. [Y5] [Y6] */
export function memoryPolicies({ policies, clock, isOver, paidFor }: PolicyWorld): PolicyPort {
  const once = firstAnswers<PolicyVerdict>();
  const judged: Judged[] = [];
  const buckets = new Map<string, Bucket>();

  function spent(wanted: WantedSum, ask: PolicyAsk, nowMs: number): bigint {
    return judged
      .filter((each) => each.ask.payer === ask.payer && isCounted(wanted, each, { ask, nowMs }))
      .reduce((sum, { ask: { operation, run }, action }) => {
        const paid = paidFor(operation);
        return sum + (paid ?? (isOver(run) ? 0n : action.amount.amount));
      }, 0n);
  }

  return {
    judge: async (ask) =>
      once(ask, (): Result<PolicyVerdict, PolicyError> => {
        const policy = policies.get(ask.policy);
        if (!policy) return err({ code: "policy_unknown", policy: ask.policy });
        const nowMs = clock.now();
        const action = actionOf(ask);
        const rules = policy.rules.map(({ rule }) => rule);
        const sums = Object.fromEntries(
          neededSums(rules, action).map((sum) => [sum.key, money(action.amount.currency, spent(sum, ask, nowMs))]),
        );
        const own = Object.fromEntries(
          rules.flatMap(({ id }) => {
            const bucket = buckets.get(`${ask.payer} ${id}`);
            return bucket ? [[id, bucket]] : [];
          }),
        );
        const applied = applyRules(policy, action, { payer: unknownPayer(ask.payer), nowMs, sums, buckets: own });
        for (const [id, bucket] of Object.entries(applied.buckets)) buckets.set(`${ask.payer} ${id}`, bucket);
        if (applied.verdict.verdict !== "deny") judged.push({ ask, action, atMs: nowMs });
        return ok(spoken(applied.verdict));
      }),
  };
}

/** Nothing is known of an agent here beside what the payment says. */
function actionOf({ action: { kind, agent, payee, publisher, amount } }: PolicyAsk): Action {
  return { kind, agent, payee, publisher, amount, categories: [], reputation: null, stake: null, payeeCountry: null };
}

function isCounted(
  { per, zone, by, of }: WantedSum,
  { ask, action, atMs }: Judged,
  now: { ask: PolicyAsk; nowMs: number },
): boolean {
  const sameWindow =
    per === "run" ? ask.run === now.ask.run : windowOf(per, atMs, zone) === windowOf(per, now.nowMs, zone);
  const sameMoney = plain(action.amount.currency) === plain(now.ask.action.amount.currency);
  const isOf = by === "all" || (by === "payee" && action.payee === of) || (by === "agent" && action.agent === of);
  return sameWindow && sameMoney && isOf;
}

const plain = (currency: Currency) => (currency === "trial_microcredits" ? "microcredits" : currency);
