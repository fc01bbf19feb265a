import type { AccountId, Digest, FlowId, RunId } from "@/flows/basics/ids";
import { type Currency, type Money, money } from "@/flows/basics/money";
import { err, ok, type Result } from "@/flows/basics/result";
import type { Manifests } from "@/flows/nodes/kind";
import { isPaying } from "@/flows/plan/instructions";
import type { Plan } from "@/flows/plan/plan";
import type { Debug } from "@/flows/run/events";
import { inCurrency } from "@/flows/run/preflight";
import type { StartedBy } from "../repos/runs-repo";
import type { Services } from "../services";
import { judgeAtStart } from "./judge-at-start";

export type QueueRunError =
  | { code: "funds_insufficient"; needed: Money; left: Money }
  | { code: "policy_denied"; rule: string; message: string; passes: string }
  | { code: "rail_unusable"; problem: string }
  | { code: "run_exists"; run: RunId }
  | { code: "runs_too_many"; are: "working" | "waiting"; most: number };

/** Credits, bought or given: what a run can be paid with on this rail. */
export type RunCurrency = Extract<Currency, "microcredits" | "trial_microcredits">;

/** What lies in a confirmed escrow for this run, and for no other plan. Such a run is paid from nothing else. */
export type Escrowed = { currency: "usdc_base"; plan: Digest; cap: Money };

/** A run that its payer has agreed to, down to the hash of its plan. `workMs`: how long it may be at work. */
export type AgreedRun = {
  payer: AccountId;
  run: RunId;
  plan: Plan;
  hash: Digest;
  currency: RunCurrency | Escrowed;
  input: Digest;
  flow: FlowId;
  flowName: string;
  flowVersion(): Promise<number>;
  startedBy: StartedBy;
  manifests: Manifests;
  workMs?: number | undefined;
  debug?: Debug | undefined;
};

type Needs = Pick<Services, "clock" | "policies" | "runs" | "wallet">;

/**
 * Queues a run for the worker, under the rules of its payer and at most for the bound of its plan. The same run queued
 * twice is one run.
 */
export async function queueRun(services: Needs, agreed: AgreedRun): Promise<Result<RunId, QueueRunError>> {
  const { payer, run, plan, hash, input, flow, flowName, startedBy, manifests, workMs, debug } = agreed;
  const rail = agreed.currency;
  const currency = typeof rail === "string" ? rail : rail.currency;
  const budget = budgetOf(plan, currency);
  if (!budget.ok) return budget;
  const ruled = await judgeAtStart(services, { payer, plan, currency, manifests });
  if (ruled?.verdict.verdict === "deny") {
    const { rule, message, passes } = ruled.verdict;
    return err({ code: "policy_denied", rule, message, passes });
  }
  const covered =
    typeof rail === "string" ? await affordable(services, payer, budget.value) : held(rail, hash, budget.value);
  if (!covered.ok) return covered;
  const crowd = await crowdOf(services, { payer, run });
  if (crowd) return err(crowd);

  const terms = {
    ...{ run, plan: hash, payer, budget: budget.value, input, policy: ruled?.digest ?? null },
    ...(workMs === undefined ? {} : { workMs }),
    ...(debug === undefined ? {} : { debug }),
  };
  const at = { flow, flowName, flowVersion: await agreed.flowVersion(), startedBy, atMs: services.clock.now() };
  if (await services.runs.queue({ terms, plan, ...at })) return ok(run);
  const known = await services.runs.find(payer, run);
  const isSame = known?.plan === hash && known.budget.currency === budget.value.currency;
  return isSame ? ok(run) : err({ code: "run_exists", run });
}

/** The bound in one currency. Trial credits cannot be paid to outside publishers. */
export function budgetOf(
  plan: Plan,
  currency: RunCurrency | Escrowed["currency"],
): Result<Money, Extract<QueueRunError, { code: "rail_unusable" }>> {
  let total = 0n;
  for (const part of plan.bound) {
    const paid = inCurrency(part, currency);
    if (!paid)
      return err({ code: "rail_unusable", problem: `This flow costs ${part.currency}, which this rail cannot pay.` });
    total += paid.amount;
  }
  const outside = plan.steps.find(({ instruction }) => isPaying(instruction) && instruction.publisher === "outside");
  if (currency === "trial_microcredits" && outside)
    return err({ code: "rail_unusable", problem: "Trial credits cannot pay outside publishers. Choose credits." });
  return ok(money(currency, total));
}

/**
 * Runs of one owner that may be under way. Each is a row that the workers come by, and waiting ones cost least. Starts
 * at the same moment go over it by as many as they are, which is no harm.
 */
const MOST = { working: 1_000, waiting: 10_000 };

async function crowdOf(
  { runs }: Needs,
  { payer, run }: Pick<AgreedRun, "payer" | "run">,
): Promise<QueueRunError | null> {
  const count = await runs.underWay(payer, MOST);
  const are = count.working >= MOST.working ? "working" : "waiting";
  if (count[are] < MOST[are] || (await runs.find(payer, run))) return null; // what is started already starts no more
  return { code: "runs_too_many", are, most: MOST[are] };
}

/** The ledger looks at the escrow again before the run begins. */
function held({ plan, cap }: Escrowed, hash: Digest, needed: Money): Result<null, QueueRunError> {
  const isEnough = plan === hash && cap.currency === needed.currency && cap.amount >= needed.amount;
  return isEnough ? ok(null) : err({ code: "funds_insufficient", needed, left: cap });
}

/** A courtesy: the ledger refuses all the same, but a run that cannot be paid need not be made first. */
async function affordable(services: Needs, owner: AccountId, needed: Money): Promise<Result<null, QueueRunError>> {
  const balances = await services.wallet.balances(owner);
  const left = balances.find(({ free }) => free.currency === needed.currency)?.free ?? money(needed.currency, 0n);
  return left.amount >= needed.amount ? ok(null) : err({ code: "funds_insufficient", needed, left });
}
