import type { Ask, Step } from "../plan/plan";
import { boundOf } from "./bound";

/** Says on every question what a yes can lead to: the most that is spent after it, on whom, through which agents. [C7] */
export function withUnlocks(steps: readonly Step[]): Step[] {
  return steps.map((step, place) => {
    const { instruction } = step;
    if (instruction.op !== "ask") return step;
    return { ...step, instruction: { ...instruction, unlocks: unlocksOf(steps, place) } };
  });
}

function unlocksOf(steps: readonly Step[], ask: number): Ask["unlocks"] {
  const behind = stepsBehind(steps, ask);
  const calls = steps.flatMap(({ instruction }, place) =>
    behind.has(place) && instruction.op === "call" ? [instruction] : [],
  );
  return {
    bound: boundOf(steps, (_, place) => behind.has(place)),
    payees: [...new Set(calls.map((call) => call.payee))].sort(),
    agents: [...new Set(calls.map((call) => call.agent))].sort(),
  };
}

/** The steps that open only after a yes. Steps come in order, so one pass finds them all. */
function stepsBehind(steps: readonly Step[], ask: number): Set<number> {
  const behind = new Set<number>();
  for (const [place, { gates }] of steps.entries())
    if (gates.some(({ step, port }) => (step === ask && port === "approved") || behind.has(step))) behind.add(place);
  return behind;
}
