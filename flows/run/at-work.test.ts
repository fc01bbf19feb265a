import { expect, test } from "vitest";
import { AccountId, OperationId, RunId } from "../basics/ids";
import { money } from "../basics/money";
import { callStep, planOf } from "../examples/small-plan";
import { digestOf } from "../plan/digest";
import type { RunEvent } from "./events";
import { fold, transition } from "./transition";

const payer = AccountId.parse("ada");
const plan = planOf([callStep("a"), callStep("b")]);
const price = money("microcredits", 30n);
const on = (operation: string, atMs = 0) => ({ operation: OperationId.parse(`r/${operation}`), atMs });
const begun: RunEvent[] = [
  {
    ...{ type: "run_started", run: RunId.parse("r"), plan: digestOf(plan), payer, input: digestOf("in") },
    ...{ budget: money("microcredits", 60n), policy: null, atMs: 0 },
  },
  { type: "funds_reserved", ...on("reserve") },
];
const atWork = (atMs = 0): RunEvent => ({ type: "outcome_lost", atWork: true, ...on("b/call", atMs) });
const askAgain = (atMs: number): RunEvent => ({ type: "timer_fired", ...on("b/call", atMs) });

function after(...events: RunEvent[]) {
  const journal = [...begun, atWork(), ...events];
  const { state, commands, receipts } = transition(plan, fold(plan, journal.slice(0, -1)), journal.at(-1) as RunEvent);
  return { state, receipts: receipts.map(({ step, code }) => [step, code]), does: commands.map((each) => each.do) };
}

const endings: Record<string, RunEvent> = {
  "is told to stop": { type: "cancel_asked", by: payer, atMs: 1 },
  "fails elsewhere": { type: "effect_refused", code: "agent_refused", reason: "no", ...on("a/call") },
};
const other: Record<string, RunEvent[]> = {
  "is told to stop": [{ type: "effect_refused", code: "agent_refused", reason: "no", ...on("a/call", 2) }],
  "fails elsewhere": [],
};

test.each(Object.keys(endings))(
  "[R42] a call that is worked on is paid for what it delivers, though the run %s meanwhile",
  (how) => {
    const ended = [endings[how] as RunEvent, ...(other[how] ?? [])];
    expect(after(...ended).state.open).toHaveLength(1);
    expect(after(...ended, askAgain(2_000)).does).toEqual(["call"]);
    const delivered: RunEvent = {
      ...{ type: "call_delivered", output: digestOf("out"), price, detail: {} },
      ...on("b/call", 5_000),
    };
    const paid = [askAgain(2_000), atWork(3_000), askAgain(5_000), delivered] as const;
    expect(after(...ended, ...paid).does).toEqual(["capture"]);
    expect(after(...ended, ...paid, { type: "funds_captured", ...on("b/capture") }).state.spent).toEqual(price);
  },
);

test("[R42] whoever is at work for longer than was agreed is given up, unpaid, in a run that is ending as in any other", () => {
  const late = [endings["fails elsewhere"] as RunEvent, askAgain(2_000), atWork(59_000), askAgain(70_000)];
  expect(after(...late).does).toEqual(["call"]);
  expect(after(...late, atWork(70_000)).receipts).toEqual([["b", "deadline_passed"]]);
});
