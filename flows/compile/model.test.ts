import { expect, test } from "vitest";
import { compiled, READER, researchFlow, SEARCH } from "../simulator/model-flow.contract";

const { plan } = compiled(researchFlow());

test("[M1] a model with two agents comes to these steps, and to no others", () => {
  const lines = plan.steps.map(({ id, node, gates, instruction }) => {
    const body = "body" in instruction ? ` around ${instruction.body}` : "";
    const after = gates.map(({ step, port }) => `${plan.steps[step]?.id}/${port}`).join(", ");
    return `${node} ${id}: ${instruction.op}${body}${after ? ` after ${after}` : ""}`;
  });
  expect(lines).toEqual([
    "ask ask.cap: try around 10",
    "ask ask.turns: loop around 9",
    "ask ask.turn: model",
    "ask ask.calls: map around 6 after ask.turn/done",
    "ask ask.which: choose",
    "ask ask.try-0: try around 1 after ask.which/tool-0",
    "ask ask.tool-0: call",
    "ask ask.try-1: try around 1 after ask.which/tool-1",
    "ask ask.tool-1: call",
    "ask ask.came: join after ask.try-0/done, ask.try-0/caught, ask.try-1/done, ask.try-1/caught",
    "ask ask.next: join after ask.turn/done, ask.calls/done",
  ]);
});

test("[C17] its worst case is its cap, which all that it can pay lies under, or less where it cannot come to that", () => {
  expect(plan.bound).toEqual([{ currency: "microcredits", amount: 5_000_000n }]);
  const caps = Object.fromEntries(plan.authority.payees.map(({ payee, cap }) => [payee, cap.amount]));
  expect(caps).toEqual({ acme: 5_000_000n, bolt: 5_000_000n, studio: 25_000n });
  const alone = compiled(researchFlow({ tools: [], maxCalls: 0, maxTurns: 3 })).plan;
  expect(alone.bound).toEqual([{ currency: "microcredits", amount: 15_000n }]);
});

test("[C5] [C13] the agents of a model are called by the plan, and each is told as a receiver of what it fills in", () => {
  expect(plan.authority.agents).toEqual([SEARCH, READER]);
  expect(plan.data.map(({ to }) => to)).toEqual([{ agent: SEARCH }, { agent: READER }, { model: "house/small" }]);
});
