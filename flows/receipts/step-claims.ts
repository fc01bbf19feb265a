import { agreementOf } from "../plan/agreement";
import {
  type Ask,
  type Instruction,
  isContainer,
  isPaying,
  type Paying,
  portsOfInstruction,
} from "../plan/instructions";
import type { Plan } from "../plan/plan";
import { indexOfPlan } from "../plan/plan-index";
import { mainLegOf } from "../run/closing";
import { MOST_EDITS } from "../run/edits";
import { operationNamed } from "../run/operations";
import { inCurrency } from "../run/preflight";
import { askedBy } from "../run/question-body";
import { besideOf, type Spot, spotOn } from "../run/spots";
import type { Receipt, RunState } from "../run/state";
import { voteOf } from "../run/votes";
import type { Claim, StepLink } from "./links";
import { isOwedByUnits } from "./units";
import { cameTo } from "./votes-given";

type Told = { plan: Plan; run: RunState["run"]; receipt: Receipt; spot: Spot; instruction: Instruction };

/** What the receipts of steps say, each held against the one step of the plan that it is about. */
export function stepClaims(plan: Plan, links: readonly StepLink[], payer: RunState["payer"] | null): Claim[] {
  const told = links.flatMap(({ body: { run, step: receipt } }) => toldOf(plan, run, receipt));
  return [
    {
      holds: told.length === links.length && new Set(told.map(({ spot }) => spot.slot)).size === told.length,
      proved: "No step acted, or was paid for, twice, and none in a round that the plan has no room for.",
      failed: "A step acted twice, or in a round that the plan has no room for.",
    },
    {
      holds: told.every((each) => didItsOwn(each) && isOperationOf(each)),
      proved: "Each step called, paid and ended as the plan has it for that very step, within its own cap.",
      failed: "A step did something else than the plan has for it: another agent, payee, way out or more than its cap.",
    },
    {
      holds: keptToCaps(told),
      proved: "All that was paid in a body under a cap stayed within that cap.",
      failed: "More was paid in a body than its cap allows.",
    },
    {
      holds: opened(plan, told),
      proved: "No step was opened before everything that had to let it through had done so, approvals included.",
      failed: "A step was opened though nothing says that what comes before it, or who had to agree, let it through.",
    },
    {
      holds: told.every((each) => isDecided(each, payer)),
      proved: "Only people whom the plan asks have agreed or refused, each about a question put to them.",
      failed: "Somebody decided whom the plan does not ask.",
    },
  ];
}

/** A receipt with the step of the plan and the rounds that it is about; nothing when the plan has no such step. */
function toldOf(plan: Plan, run: RunState["run"], receipt: Receipt): Told[] {
  const place = indexOfPlan(plan).placeOf.get(receipt.step);
  const instruction = place === undefined ? undefined : plan.steps[place]?.instruction;
  const spot = place === undefined ? null : spotOn(plan, place, receipt.path);
  return spot && instruction ? [{ plan, run, receipt, spot, instruction }] : [];
}

/** The operation is the step's own, in one of the attempts or parts that it can have. */
function isOperationOf({ run, receipt, instruction }: Told): boolean {
  const leg = mainLegOf(instruction);
  const most = lastPartOf(instruction);
  for (let part = 0; part <= most; part++)
    if (receipt.operation === operationNamed(run, receipt, { leg, part })) return true;
  return false;
}

function lastPartOf(instruction: Instruction): number {
  if (instruction.op === "call") return instruction.retries;
  if (instruction.op === "loop") return instruction.most;
  if (instruction.op === "ask") return agreementOf(instruction).edits.length > 0 ? MOST_EDITS : 0;
  return instruction.op === "map" ? 1 : 0;
}

function didItsOwn({ receipt, instruction }: Told): boolean {
  const { agent, payee, paid, units, port, code, pinned } = receipt;
  if ((port === null) === (code === null)) return false;
  if (pinned && (paid !== null || instruction.op === "ask")) return false; // [R30]
  if (port !== null && !portsOfInstruction(instruction).includes(port)) return false;
  if (!isPaying(instruction)) return agent === null && payee === null && paid === null && units === undefined;
  if (agent !== (instruction.op === "call" ? instruction.agent : null) || payee !== instruction.payee) return false;
  if (port === null) return paid === null && units === undefined && receipt.output === null;
  return paidItsOwn(receipt, instruction);
}

/** All rounds of a body together, each time that it was done. [R33] */
function keptToCaps(told: readonly Told[]): boolean {
  const spent = new Map<number, bigint>();
  return told.every(({ plan, receipt: { paid }, spot }) => {
    if (!paid) return true;
    for (let around = spot.round.above; around; around = around.round.above) {
      const instruction = plan.steps[around.step]?.instruction;
      if (!instruction || !isContainer(instruction) || !instruction.cap) continue;
      const sum = (spent.get(around.slot) ?? 0n) + paid.amount;
      spent.set(around.slot, sum);
      const most = inCurrency(instruction.cap, paid.currency);
      if (!most || sum > most.amount) return false;
    }
    return true;
  });
}

/** Who delivered is paid at most the cap of the step; who did not is not paid. */
function paidItsOwn(receipt: Receipt, paying: Paying): boolean {
  const { paid, output } = receipt;
  const { op, cap } = paying;
  if (receipt.port === "failed") return paid === null && output === null && receipt.units === undefined; // [R41]
  if (op !== "pay" && output === null) return false;
  const most = paid ? inCurrency(cap, paid.currency) : null;
  return (paid === null || (most !== null && paid.amount <= most.amount)) && isOwedByUnits(receipt, paying);
}

/**
 * Receipts stand in the order in which steps settled, and a step opens only once its gates have. What lies in a body
 * opens only once its container has, whose own receipt comes after those of its body.
 */
function opened(plan: Plan, told: readonly Told[]): boolean {
  const open = new Set<string>();
  return told.every(({ receipt, spot }) => {
    const letThrough = isOpen(plan, spot, open);
    if (receipt.port !== null) open.add(`${spot.slot}/${receipt.port}`);
    return letThrough;
  });
}

function isOpen(plan: Plan, from: Spot, open: ReadonlySet<string>): boolean {
  for (let spot: Spot | null = from; spot; spot = spot.round.above) {
    const { gates, need } = plan.steps[spot.step] ?? { gates: [], need: undefined };
    const { round } = spot;
    const through = gates.filter(({ step, port }) => open.has(`${besideOf(plan, round, step).slot}/${port}`)).length;
    if (through < (need ?? gates.length)) return false;
  }
  return true;
}

/**
 * A yes has somebody who gave it; a refusal may be silence, which has nobody. Until the run has ended no receipt says
 * who started it, so "@starter" then stands for whoever decided. What a policy asked about names who agreed.
 */
function isDecided({ receipt, instruction }: Told, payer: RunState["payer"] | null): boolean {
  const { by, subject, port, code, votes = [] } = receipt;
  if (instruction.op !== "ask") {
    const refusedConsent = code === "approval_denied" || code === "approval_timed_out";
    return (by === null && subject === null) || (isPaying(instruction) && refusedConsent);
  }
  if (by === null) return port !== "approved";
  if (subject === null) return false;
  if (votes.length === 0) return wasSaidAlone(instruction, payer ?? by, { by, port, code });
  // What the studio asks for above an amount of its own is in no plan: `freshClaims` holds the votes against that.
  const asked = askedBy(instruction, null, undefined);
  return asked !== null && cameTo(asked, { payer, by, votes }) === (port ?? "denied");
}

/** Whoever started the run takes a question back; receipts from before there were votes have one answer. */
function wasSaidAlone(
  instruction: Ask,
  payer: RunState["payer"],
  { by, port, code }: { by: RunState["payer"]; port: string | null; code: string | null },
): boolean {
  if (by === payer && (code === "approval_withdrawn" || port === "denied")) return true;
  const answer = port === "approved" ? "approved" : "denied";
  const asked = askedBy(instruction, null, undefined);
  return asked !== null && voteOf(asked, payer, { by, answer, atMs: 0 }) !== null && agreementOf(asked).least === 1;
}
