import { NodeId, StepId } from "@/flows/basics/ids";
import { money } from "@/flows/basics/money";
import { askStep, callStep, planOf } from "@/flows/examples/small-plan";
import type { Instruction } from "@/flows/plan/instructions";
import type { Plan, Step } from "@/flows/plan/plan";
import type { Source } from "@/flows/plan/sources";
import { echo, eve, manifest } from "./runtime-studio";

const DAY_MS = 86_400_000;
const call = (price: bigint) => ({
  agent: echo,
  manifest,
  cap: money("microcredits", price),
  price: money("microcredits", price),
});

/** Steps in a row, each calling the agent. */
export function inARow(steps: number, price: bigint): Plan {
  return planOf(
    Array.from({ length: steps }, (_, place) =>
      callStep(`s${place}`, place > 0 ? [{ step: place - 1, port: "done" }] : [], call(price)),
    ),
  );
}

/** One question to one person, who has a day for it. */
export const asking: Plan = planOf([askStep("a", [], { timeoutMs: DAY_MS, approvers: [eve] })]);

/** A loop around a free call, whose bound is `most` rounds. */
export function looping(most: number): Plan {
  const again: Instruction = {
    op: "loop",
    most,
    while: "index >= 0",
    reads: {},
    atLimit: "done",
    body: 1,
    gives: { value: { from: "step", step: 1, field: "text" }, gates: [{ step: 1, port: "done" }] },
  };
  return around(again, { value: { from: "constant", value: "" } });
}

/** A map over `most` items, one at a time, that keeps what each came to. */
export function mapping(most: number): Plan {
  const each: Instruction = {
    op: "map",
    most,
    atOnce: 1,
    body: 1,
    gives: { value: { from: "step", step: 1, field: "text" }, gates: [{ step: 1, port: "done" }] },
  };
  return around(each, { items: { from: "input", field: "items" } });
}

function around(instruction: Instruction, takes: Record<string, Source>): Plan {
  const container: Step = { id: StepId.parse("c"), node: NodeId.parse("c"), gates: [], takes, instruction };
  return planOf([container, callStep("s", [], call(0n))]);
}
