import { portsOfInstruction } from "../plan/instructions";
import { ABANDONED, closeStep, type Failure, failStep } from "./closing";
import { type Draft, isOver, move, stepAt } from "./draft";
import type { Decision } from "./events";
import { beginRounds, begun, openRound } from "./opening";
import { amountKnown } from "./payments";
import { allMapped, closeLoop, closeMap } from "./rounds";
import type { Spot } from "./spots";
import type { StepInFlight } from "./state";

type Deciding = Extract<StepInFlight, { in: "deciding" }>;

const INVALID: Failure = { code: "decision_invalid", reason: "The answer is none that this step can have." };

/** Takes what a step came to by looking at values. Whoever worked it out, it is held against the plan. [R18] */
export function takeDecision(
  draft: Draft,
  spot: Spot,
  { stands, decision }: { stands: Deciding; decision: Decision },
): void {
  const { instruction } = stepAt(draft, spot);
  switch (instruction.op) {
    case "choose":
      takePort(draft, spot, decision);
      return;
    case "guard": {
      const held = "port" in decision && decision.port === "held" && instruction.otherwise === "fails";
      if (held) {
        failStep(draft, spot, { code: "guard_held", reason: "The guard did not let the value pass." });
        return;
      }
      takePort(draft, spot, decision);
      return;
    }
    case "compute":
    case "join":
      if ("output" in decision) closeStep(draft, spot, { port: "done", output: decision.output });
      else fail(draft, spot);
      return;
    case "wait":
      takeTime(draft, spot, { mostMs: instruction.mostMs, decision });
      return;
    case "pay":
      if (!("amount" in decision) || !stands.held) {
        failStep(draft, spot, { ...INVALID, held: stands.held });
        return;
      }
      amountKnown(draft, spot, { held: stands.held, amount: decision.amount });
      return;
    case "ask": {
      const { agreed } = stands;
      if (!("output" in decision) || !agreed) {
        failStep(draft, spot, { ...INVALID, ...(agreed ?? {}) });
        return;
      }
      const { by, subject, votes } = agreed;
      closeStep(draft, spot, { port: "approved", by, subject, votes, output: decision.output });
      return;
    }
    case "map":
      takeRounds(draft, spot, { stands, decision });
      return;
    case "loop":
      takeCondition(draft, spot, { stands, decision });
      return;
    default:
      failStep(draft, spot, { ...INVALID, held: stands.held });
      return;
  }
}

function fail(draft: Draft, spot: Spot): void {
  failStep(draft, spot, INVALID);
}

function takePort(draft: Draft, spot: Spot, decision: Decision): void {
  const ports = portsOfInstruction(stepAt(draft, spot).instruction);
  if ("port" in decision && ports.includes(decision.port)) closeStep(draft, spot, { port: decision.port });
  else fail(draft, spot);
}

function takeTime(draft: Draft, spot: Spot, { mostMs, decision }: { mostMs: number; decision: Decision }): void {
  if (!("untilMs" in decision) || !Number.isFinite(decision.untilMs)) {
    fail(draft, spot);
    return;
  }
  if (isOver(draft, spot.round)) {
    failStep(draft, spot, ABANDONED);
    return;
  }
  if (decision.untilMs > draft.nowMs + mostMs) {
    failStep(draft, spot, {
      code: "wait_too_long",
      reason: "The time lies further ahead than the plan allows.",
    });
    return;
  }
  if (decision.untilMs <= draft.nowMs) closeStep(draft, spot, { port: "done" });
  else move(draft, spot, { in: "waiting", untilMs: decision.untilMs });
}

type Taken = { stands: Deciding; decision: Decision };

/** First how many items there are, and at last the list of what their rounds came to. */
function takeRounds(draft: Draft, spot: Spot, { stands, decision }: Taken): void {
  const { instruction } = stepAt(draft, spot);
  if (instruction.op !== "map") throw new TypeError(`${spot.id} maps nothing`);
  if (stands.part > 0) {
    if ("output" in decision) closeMap(draft, spot, decision.output);
    else fail(draft, spot);
    return;
  }
  if (!("count" in decision) || !Number.isInteger(decision.count) || decision.count < 0) {
    fail(draft, spot);
    return;
  }
  const { count } = decision;
  if (count > instruction.most) {
    const reason = `${count} items came, the plan has room for ${instruction.most}.`;
    failStep(draft, spot, { code: "too_many_items", reason });
    return;
  }
  if (isOver(draft, spot.round)) {
    failStep(draft, spot, ABANDONED);
    return;
  }
  if (count === 0) allMapped(draft, spot, begun(0));
  else beginRounds(draft, spot, begun(count));
}

/** Whether a loop goes round once more. Beyond its bound it is not even asked. [R17] */
function takeCondition(draft: Draft, spot: Spot, { stands, decision }: Taken): void {
  const { part, rounds } = stands;
  if (!("met" in decision) || !rounds) {
    fail(draft, spot);
    return;
  }
  if (!decision.met) {
    closeLoop(draft, spot, { port: "done", rounds });
    return;
  }
  if (isOver(draft, spot.round)) {
    failStep(draft, spot, ABANDONED);
    return;
  }
  move(draft, spot, { in: "iterating", rounds: { ...rounds, next: part + 1, live: 1 } });
  openRound(draft, spot, part);
}
