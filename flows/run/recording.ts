import { isContainer } from "../plan/instructions";
import type { Plan } from "../plan/plan";
import { indexOfPlan } from "../plan/plan-index";
import type { Debug, Pinned, RunEvent } from "./events";
import { isDenial } from "./failures";
import { paidAs } from "./payments";
import { pathOf, spotAt, spotKey } from "./spots";
import type { Receipt, RunState, StepInFlight, Why } from "./state";
import { stepStateAt } from "./step-state";
import { transition } from "./transition";

/**
 * What the steps of a run had come to by the end of these events, to be pinned in another run of the same plan. What a
 * body did is recorded step by step, and the body is gone through again. Consent is never recorded, nor is a denial or
 * what an ending run took back: the other run asks for itself. `unsettled` names the calls that may be made only once
 * and were under way: what became of them is not known there. [R30] [R31]
 */
export type Recording = { pins: Readonly<Record<string, Pinned>>; unsettled: readonly string[] };

export function recordingOf(plan: Plan, journal: Iterable<RunEvent>): Recording {
  const pins: Record<string, Pinned> = {};
  let state: RunState | null = null;
  let given: Debug["pins"] = {};
  for (const event of journal) {
    if (event.type === "run_started") given = event.debug?.pins ?? {};
    const next = transition(plan, state, event);
    state = next.state;
    for (const receipt of next.receipts) {
      const key = spotKey(receipt.step, receipt.path);
      const pin =
        (receipt.pinned ? given[key] : undefined) ??
        pinOf(plan, { receipt, why: next.reasons.get(receipt) ?? { reason: "" }, state });
      if (pin) pins[key] = pin;
    }
  }
  return state
    ? { pins: { ...pins, ...delivered(plan, state) }, unsettled: unsettled(plan, state) }
    : { pins, unsettled: [] };
}

const TAKEN_BACK = new Set(["call_abandoned", "question_withdrawn", "wait_withdrawn"]);

type Settled = { receipt: Receipt; why: Why; state: RunState };

function pinOf(plan: Plan, { receipt: { step, port, code, output, paid }, why, state }: Settled): Pinned | null {
  const instruction = plan.steps[indexOfPlan(plan).placeOf.get(step) ?? -1]?.instruction;
  if (!instruction || instruction.op === "ask") return null;
  if (code !== null) return isDenial(code) || TAKEN_BACK.has(code) ? null : { code, ...why };
  if (isContainer(instruction)) return null;
  const gives = instruction.op === "pay" ? paidAs(state.budget, paid?.amount ?? 0n) : null;
  return port === null ? null : { port, output, gives };
}

/** Work that was handed over and whose payment was under way: the other run pays it to nobody a second time. */
function delivered(plan: Plan, state: RunState): Record<string, Pinned> {
  const pins: Record<string, Pinned> = {};
  for (const { key, stands } of inFlight(plan, state)) {
    if (stands.in !== "capturing") continue;
    const gives = stands.delivered ? null : paidAs(stands.price, stands.price.amount);
    pins[key] = { port: "done", output: stands.delivered?.output ?? null, gives };
  }
  return pins;
}

function unsettled(plan: Plan, state: RunState): string[] {
  return inFlight(plan, state).flatMap(({ key, stands, step }) => {
    const instruction = plan.steps[step]?.instruction;
    const once = instruction?.op === "call" && instruction.effect === "once";
    return once && stands.in === "calling" ? [key] : [];
  });
}

function inFlight(plan: Plan, { open, steps }: RunState): { key: string; step: number; stands: StepInFlight }[] {
  return open.flatMap((slot) => {
    const stands = stepStateAt(steps, slot);
    const spot = spotAt(plan, slot);
    const at = { key: spotKey(spot.id, pathOf(spot)), step: spot.step };
    if (stands.in === "unknown") return [{ ...at, stands: stands.was }];
    const flying = stands.in === "judging" || stands.in === "calling" || stands.in === "capturing";
    return flying ? [{ ...at, stands }] : [];
  });
}
