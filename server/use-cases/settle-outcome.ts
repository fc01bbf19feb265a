import type { AccountId, OperationId, RunId } from "@/flows/basics/ids";
import type { Json } from "@/flows/basics/json";
import { type Money, money } from "@/flows/basics/money";
import { err, ok, type Result } from "@/flows/basics/result";
import type { Plan } from "@/flows/plan/plan";
import { schemaAt } from "@/flows/run/decide";
import type { Delivered } from "@/flows/run/events";
import { mostOwed } from "@/flows/run/owed";
import { inCurrency } from "@/flows/run/preflight";
import { type StepView, viewOf } from "@/flows/run/view";
import { validate } from "@/flows/types/validate";
import type { RunInList } from "../repos/runs-repo";
import type { Services } from "../services";

export type SettleOutcomeError =
  | { code: "run_not_found" }
  | { code: "outcome_settled" }
  | { code: "delivery_invalid"; at: string; problem: string }
  | { code: "price_above_cap"; cap: Money }
  | { code: "mail_full"; run: RunId };

/** What a person found out about one call: what it handed over and what is owed for it, or that nothing came of it. */
export type SettleOutcome = {
  owner: AccountId;
  run: RunId;
  operation: OperationId;
  delivered: { output: Record<string, Json>; price: bigint } | null;
};

/**
 * Tells a run what became of a call that may be made only once and whose answer is lost. The payer tells it, because it
 * is the payer's money; what they say is held to the schema, the price and the cap of the plan, as the agent's own
 * answer is.
 */
export async function settleOutcome(
  services: Pick<Services, "inbox" | "runs" | "values">,
  { owner, run: id, operation, delivered }: SettleOutcome,
): Promise<Result<{ operation: OperationId }, SettleOutcomeError>> {
  const run = await services.runs.find(owner, id);
  if (!run) return err({ code: "run_not_found" });
  const plan = await services.runs.plan(run.plan);
  if (!plan) throw new Error(`run ${id} has lost its plan`);
  const journal = await services.runs.events(id, 0);
  const events = journal.map(({ event }) => event);
  const step = viewOf(plan, events).steps.find(({ unsettled }) => unsettled === operation);
  if (!step) return err({ code: "outcome_settled" });
  const checked = delivered ? heldToPlan({ plan, run, step }, delivered) : ok(null);
  if (!checked.ok) return checked;
  const word: Delivered | null = checked.value && {
    ...checked.value,
    output: await services.values.put(checked.value.output),
  };
  const event = { type: "outcome_told", operation, by: owner, delivered: word } as const;
  const posted = await services.inbox.post({ run: id, key: `told/${operation}`, event });
  if (posted === "mail_full") return err({ code: "mail_full", run: id });
  return posted === "posted" ? ok({ operation }) : err({ code: "outcome_settled" });
}

type Told = { plan: Plan; run: RunInList; step: StepView };
type Checked = { output: Record<string, Json>; price: Money; detail: Delivered["detail"] };

function heldToPlan(
  { plan, run, step }: Told,
  { output, price }: NonNullable<SettleOutcome["delivered"]>,
): Result<Checked, SettleOutcomeError> {
  const instruction = plan.steps.find(({ id }) => id === step.step)?.instruction;
  if (instruction?.op !== "call" && instruction?.op !== "model") return err({ code: "outcome_settled" });
  const fits = validate(schemaAt(plan, instruction.output), output);
  if (!fits.ok) return err({ code: "delivery_invalid", ...fits.error });
  const most = instruction.op === "call" ? mostOwed(instruction) : instruction.cap;
  const cap = inCurrency(most, run.budget.currency) ?? most;
  if (price < 0n || price > cap.amount) return err({ code: "price_above_cap", cap });
  return ok({ output, price: money(cap.currency, price), detail: { told_by: "the payer" } });
}
