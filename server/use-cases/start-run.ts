import type { AccountId, Digest, FlowId, RunId } from "@/flows/basics/ids";
import type { Json } from "@/flows/basics/json";
import { type Currency, type Money, money } from "@/flows/basics/money";
import { err, ok, type Result } from "@/flows/basics/result";
import { compile } from "@/flows/compile/compile";
import type { CompileError } from "@/flows/compile/compile-error";
import { catalog } from "@/flows/nodes/catalog";
import { digestOf } from "@/flows/plan/digest";
import { isPaying } from "@/flows/plan/instructions";
import type { Plan } from "@/flows/plan/plan";
import type { Verdict } from "@/flows/policy/judge";
import { inCurrency } from "@/flows/run/preflight";
import { validate } from "@/flows/types/validate";
import type { Services } from "../services";
import { judgeAtStart } from "./judge-at-start";

export type StartRunError =
  | { code: "flow_not_found" }
  | { code: "flow_invalid"; errors: CompileError[] }
  | { code: "funds_insufficient"; needed: Money; left: Money }
  | { code: "input_invalid"; at: string; problem: string }
  | { code: "plan_changed"; agreed: Digest; now: Digest; bound: readonly Money[] }
  | { code: "policy_denied"; rule: string; message: string; passes: string }
  | { code: "rail_unusable"; problem: string }
  | { code: "run_exists"; run: RunId };

/** `plan` is the hash of what the person was shown and agreed to; `run` makes starting twice the same as once. */
export type StartRun = {
  owner: AccountId;
  flow: FlowId;
  run: RunId;
  plan: Digest;
  currency: Extract<Currency, "microcredits" | "trial_microcredits">;
  input: Record<string, Json>;
};

type Needs = Pick<Services, "clock" | "flows" | "policies" | "registry" | "runs" | "values" | "wallet">;

/**
 * Compiles a flow its owner drew and queues the plan for the worker, if it is still the plan that was agreed to.
 * Whoever starts a run pays for it, at most the bound.
 */
export async function startRun(services: Needs, ask: StartRun): Promise<Result<RunId, StartRunError>> {
  const flow = await services.flows.find(ask.owner, ask.flow);
  if (!flow) return err({ code: "flow_not_found" });
  const manifests = await services.registry.active();
  const compiled = compile(flow.document, { kinds: catalog, manifests });
  if (!compiled.ok) return err({ code: "flow_invalid", errors: compiled.error });
  const { plan, hash } = compiled.value;
  if (hash !== ask.plan) return err({ code: "plan_changed", agreed: ask.plan, now: hash, bound: plan.bound });
  const fits = validate(plan.input, ask.input);
  if (!fits.ok) return err({ code: "input_invalid", ...fits.error });
  const budget = budgetOf(plan, ask.currency);
  if (!budget.ok) return budget;
  const ruled = await judgeAtStart(services, { payer: ask.owner, plan, currency: ask.currency, manifests });
  if (ruled?.verdict.verdict === "deny") return err(denied(ruled.verdict));
  const covered = await affordable(services, ask.owner, budget.value);
  if (!covered.ok) return covered;

  const input = await services.values.put(ask.input);
  const flowVersion = await services.flows.freeze(ask.flow, digestOf(flow.document), flow.document);
  const terms = {
    run: ask.run,
    plan: hash,
    payer: ask.owner,
    budget: budget.value,
    input,
    policy: ruled?.digest ?? null,
  };
  const at = { flow: ask.flow, flowName: flow.name, flowVersion, atMs: services.clock.now() };
  if (await services.runs.queue({ terms, plan, ...at })) return ok(ask.run);
  const known = await services.runs.find(ask.owner, ask.run);
  const isSame = known?.plan === hash && known.budget.currency === budget.value.currency;
  return isSame ? ok(ask.run) : err({ code: "run_exists", run: ask.run });
}

function denied({ rule, message, passes }: Extract<Verdict, { verdict: "deny" }>): StartRunError {
  return { code: "policy_denied", rule, message, passes };
}

/** The bound in one currency. Trial credits cannot be paid to outside publishers. */
function budgetOf(plan: Plan, currency: StartRun["currency"]): Result<Money, StartRunError> {
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

/** A courtesy: the ledger refuses all the same, but a run that cannot be paid need not be made first. */
async function affordable(services: Needs, owner: AccountId, needed: Money): Promise<Result<null, StartRunError>> {
  const balances = await services.wallet.balances(owner);
  const left = balances.find(({ free }) => free.currency === needed.currency)?.free ?? money(needed.currency, 0n);
  return left.amount >= needed.amount ? ok(null) : err({ code: "funds_insufficient", needed, left });
}
