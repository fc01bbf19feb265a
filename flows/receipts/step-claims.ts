import { type Plan, PORTS_OF, type Step } from "../plan/plan";
import { approversOf } from "../run/commands";
import { stepOperation } from "../run/operations";
import { inCurrency } from "../run/preflight";
import type { Receipt, RunState } from "../run/state";
import type { Claim, StepLink } from "./links";

const LEG_OF = { call: "calling", ask: "asking", choose: "deciding" } as const;

/** What the receipts of steps say, each held against the one step of the plan that it is about. */
export function stepClaims(plan: Plan, links: readonly StepLink[], payer: RunState["payer"] | null): Claim[] {
  const stepOf = new Map<string, Step>(plan.steps.map((step) => [step.id, step]));
  const told = links.flatMap(({ body: { run, step: receipt } }) => {
    const step = stepOf.get(receipt.step);
    return step ? [{ run, receipt, step }] : [];
  });
  return [
    {
      holds: new Set(told.map(({ step }) => step.id)).size === told.length,
      proved: "No step acted, or was paid for, twice.",
      failed: "A step acted twice.",
    },
    {
      holds: told.every(({ run, receipt, step }) => didItsOwn(receipt, step) && isOperationOf(run, receipt, step)),
      proved: "Each step called, paid and ended as the plan has it for that very step, within its own cap.",
      failed: "A step did something else than the plan has for it: another agent, payee, way out or more than its cap.",
    },
    {
      holds: opened(
        plan,
        told.map(({ receipt }) => receipt),
      ),
      proved: "No step was opened before everything that had to let it through had done so, approvals included.",
      failed: "A step was opened though nothing says that what comes before it, or who had to agree, let it through.",
    },
    {
      holds: told.every(({ receipt, step }) => isDecided(receipt, { step, payer })),
      proved: "Only people whom the plan asks have agreed or refused, each about a question put to them.",
      failed: "Somebody decided whom the plan does not ask.",
    },
  ];
}

function isOperationOf(run: RunState["run"], { operation }: Receipt, { id, instruction }: Step): boolean {
  return operation === stepOperation(run, id, LEG_OF[instruction.op]);
}

function didItsOwn({ agent, payee, paid, output, port, code }: Receipt, { instruction }: Step): boolean {
  const ports: readonly string[] = PORTS_OF[instruction.op];
  if (port === null ? code === null : code !== null || !ports.includes(port)) return false;
  if (instruction.op !== "call") return agent === null && payee === null && paid === null && output === null;
  if (agent !== instruction.agent || payee !== instruction.payee) return false;
  if (port === null) return paid === null && output === null; // what failed is not paid
  const most = paid ? inCurrency(instruction.cap, paid.currency) : null;
  return output !== null && (paid === null || (most !== null && paid.amount <= most.amount));
}

/** Receipts stand in the order in which steps settled, and a step opens only once its gates have. */
function opened({ steps }: Plan, receipts: readonly Receipt[]): boolean {
  const placeOf = new Map<string, number>(steps.map(({ id }, place) => [id, place]));
  const open = new Set<string>();
  return receipts.every(({ step, port }) => {
    const place = placeOf.get(step) ?? -1;
    const letThrough = steps[place]?.gates.every((gate) => open.has(`${gate.step}/${gate.port}`)) ?? false;
    if (port !== null) open.add(`${place}/${port}`);
    return letThrough;
  });
}

/**
 * A yes has somebody who gave it; a refusal may be silence, which has nobody. Until the run has ended no receipt says
 * who started it, so "@starter" then stands for whoever decided.
 */
function isDecided({ by, subject, port }: Receipt, { step, payer }: { step: Step; payer: RunState["payer"] | null }) {
  const { instruction } = step;
  if (instruction.op !== "ask") return by === null && subject === null;
  if (by === null) return port !== "approved";
  return subject !== null && approversOf(instruction, payer ?? by).includes(by);
}
