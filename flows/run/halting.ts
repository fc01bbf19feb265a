import type { Money } from "../basics/money";
import { unreachable } from "../basics/unreachable";
import { isPaying } from "../plan/instructions";
import { type Draft, move, stepAt } from "./draft";
import type { Stop } from "./events";
import { inCurrency } from "./preflight";
import type { Spot } from "./spots";
import type { Halted } from "./state";

/** Makes a step wait before what it was about to do, until the payer lets it go on. [R27] [R29] */
export function halt(draft: Draft, spot: Spot, at: Halted): void {
  move(draft, spot, { in: "halted", at });
}

/** Whether a step may not begin for now: the run is paused, or was told to stop before this step. */
export function haltsOpening(draft: Draft, spot: Spot): boolean {
  return isHeldUp(draft, spot) || stopsOf(draft).some((stop) => stopsBefore(draft, spot, stop));
}

/** Whether a payment whose amount has just become known may not be made for now. */
export function haltsPayment(draft: Draft, spot: Spot, amount: Money): boolean {
  const above = stopsOf(draft).some((stop) => "above" in stop && isAbove(amount, stop.above));
  return above || isHeldUp(draft, spot);
}

/** Whether nothing may be sent for a step because the run is paused. */
export function isHeldUp(draft: Draft, spot: Spot): boolean {
  return draft.paused && !draft.letGo.has(spot.slot);
}

/** Pauses the run after a step that it was to be run up to. */
export function heedStopsAfter(draft: Draft, spot: Spot): void {
  if (stopsOf(draft).some((stop) => "after" in stop && stop.step === spot.id)) draft.paused = true;
}

function stopsOf({ debug }: Draft): readonly Stop[] {
  return debug?.stops ?? [];
}

function stopsBefore(draft: Draft, spot: Spot, stop: Stop): boolean {
  if ("after" in stop) return false;
  switch (stop.before) {
    case "every_step":
      return true;
    case "step":
      return stop.step === spot.id;
    case "payment": {
      const most = mostPaid(draft, spot);
      return most !== null && isAbove(most, stop.above);
    }
    default:
      return unreachable(stop);
  }
}

/** The most that a step pays, as far as that is known before it opens. */
function mostPaid(draft: Draft, spot: Spot): Money | null {
  const { instruction } = stepAt(draft, spot);
  if (!isPaying(instruction)) return null;
  if (instruction.op !== "pay") return instruction.cap;
  return "fixed" in instruction.amount ? instruction.amount.fixed : null;
}

/** Whether money is more than a limit. In another currency nobody knows, so it counts as more. */
function isAbove(amount: Money, limit: Money): boolean {
  const limitSo = inCurrency(limit, amount.currency);
  if (limitSo) return amount.amount > limitSo.amount;
  const amountSo = inCurrency(amount, limit.currency);
  if (amountSo === null) return true;
  // Rounding down hides up to one unit: what may be above counts as above.
  return limit.currency === "usdc_base" ? amountSo.amount >= limit.amount : amountSo.amount > limit.amount;
}
