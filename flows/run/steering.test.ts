import { expect, test } from "vitest";
import { AccountId, AgentId, OperationId, RunId, StepId } from "../basics/ids";
import { money } from "../basics/money";
import { entriesOf } from "../basics/sparse";
import { askStep, callStep, planOf } from "../examples/small-plan";
import { digestOf } from "../plan/digest";
import type { Plan } from "../plan/plan";
import { type Debug, NO_DEBUG, type RunEvent, type Terms } from "./events";
import { statusOf } from "./status";
import { fold, transition } from "./transition";

const ada = AccountId.parse("ada");
const eve = AccountId.parse("eve");
const credits = (amount: bigint) => money("microcredits", amount);
const on = (operation: string, atMs = 0) => ({ operation: OperationId.parse(`r/${operation}`), atMs });
const done = (step: number) => ({ step, port: "done" });
const begin = (plan: Plan, more: Partial<Terms> = {}): RunEvent => ({
  ...{ type: "run_started", run: RunId.parse("r"), plan: digestOf(plan), payer: ada, atMs: 0 },
  ...{ budget: plan.bound[0] ?? credits(0n), input: digestOf("in"), policy: null },
  ...more,
});
const debugging = (debug: Partial<Debug>): Partial<Terms> => ({ debug: { ...NO_DEBUG, ...debug } });
const reserved: RunEvent = { type: "funds_reserved", ...on("reserve") };
const delivered = (step: string, atMs = 0): RunEvent => ({
  ...{ type: "call_delivered", output: digestOf(`out of ${step}`), price: credits(30n), detail: {} },
  ...on(`${step}/call`, atMs),
});
const captured = (step: string, atMs = 0): RunEvent => ({ type: "funds_captured", ...on(`${step}/capture`, atMs) });
const pause = (by = ada): RunEvent => ({ type: "pause_asked", by, atMs: 0 });
const resume = (only: { step: string; path: number[] } | null = null, by = ada, atMs = 0): RunEvent => ({
  ...{ type: "resume_asked", by, atMs },
  only: only && { ...only, step: StepId.parse(only.step) },
});

/** What the last of some events does, and where the steps stand after it. */
function after(plan: Plan, ...events: RunEvent[]) {
  const last = events.at(-1);
  if (!last) throw new Error("no event");
  const { state, commands, receipts } = transition(plan, fold(plan, events.slice(0, -1)), last);
  const stands = entriesOf(state.steps).flatMap(([, each]) => (each.in === "round" ? [] : [each.in]));
  return { state, receipts, stands, status: statusOf(state), does: commands.map((command) => command.do) };
}

const two = planOf([callStep("a"), callStep("b", [done(0)])]);

test("[R27] a paused run pays for what was under way, and opens the next step only when it is let go on", () => {
  const paused = [begin(two), reserved, pause(), delivered("a")] as const;
  expect(after(two, ...paused).does).toEqual(["capture"]);
  const still = after(two, ...paused, captured("a"));
  expect(still).toMatchObject({ does: [], stands: ["closed", "halted"], status: "paused" });
  expect(still.state.spent).toEqual(credits(30n));
  expect(after(two, ...paused, captured("a"), resume()).does).toEqual(["call"]);
});

test("[R27] only the payer pauses a run and lets it go on", () => {
  const running = fold(two, [begin(two), reserved]);
  const halted = fold(two, [begin(two), pause(), reserved]);
  expect(transition(two, running, pause(eve)).state).toBe(running);
  expect(transition(two, halted, resume(null, eve)).state).toBe(halted);
  expect(transition(two, halted, { type: "stops_set", by: eve, stops: [], atMs: 0 }).state).toBe(halted);
});

test("[R27] a paused run can be stopped: what was halted gives back what was held for it", () => {
  const stopped = after(two, begin(two), pause(), reserved, { type: "cancel_asked", by: ada, atMs: 0 });
  expect(stopped).toMatchObject({ does: ["release"], stands: ["skipped"] });
  expect(stopped.state.left).toEqual(stopped.state.budget);
});

test("[R27] one halted step goes on by itself, and what comes after it halts again", () => {
  const halted = [begin(two), pause(), reserved, resume({ step: "a", path: [] })] as const;
  expect(after(two, ...halted).does).toEqual(["call"]);
  expect(after(two, ...halted, delivered("a"), captured("a"))).toMatchObject({
    does: [],
    stands: ["closed", "halted"],
  });
  expect(after(two, ...halted, resume({ step: "b", path: [] })).does).toEqual([]);
});

test("[R28] the time at work counts, the time that people take does not", () => {
  const plan = planOf([callStep("a"), askStep("q", [done(0)]), callStep("b", [{ step: 1, port: "approved" }])]);
  const asked = [begin(plan, { workMs: 1_000 }), reserved, delivered("a", 300), captured("a", 300)] as const;
  const waiting = after(plan, ...asked).state;
  expect(waiting.clock).toEqual({ leftMs: 700, dueAtMs: null });
  const question = entriesOf(waiting.steps).find(([, each]) => each.in === "asking")?.[1];
  const subject = question?.in === "asking" ? question.subject : digestOf("nobody is asked");
  const answered: RunEvent = {
    type: "approval_answered",
    by: eve,
    answer: "approved",
    subject,
    ...on("q/ask", 50_000),
  };
  const working = after(plan, ...asked, answered);
  expect(working.state.clock).toEqual({ leftMs: 700, dueAtMs: 50_700 });
  expect(working.does).toEqual(["call", "start_timer"]);
});

test("[R28] once the time is used up nothing more is opened, and an agent that delivers is paid", () => {
  const late: RunEvent = { type: "timer_fired", ...on("deadline", 1_000) };
  const events = [begin(two, { workMs: 1_000 }), reserved, late] as const;
  expect(after(two, begin(two, { workMs: 1_000 })).does).toEqual(["reserve", "start_timer"]);
  expect(after(two, ...events).state.ending).toMatchObject({
    result: "failed",
    step: null,
    code: "run_deadline_passed",
  });
  expect(after(two, ...events, delivered("a", 1_100)).does).toEqual(["capture"]);
  const over = after(two, ...events, delivered("a", 1_100), captured("a"));
  expect(over).toMatchObject({ does: ["release"], stands: ["closed"] });
});

test.each<[string, Debug["stops"], boolean]>([
  ["before this step", [{ before: "step", step: StepId.parse("a") }], true],
  ["before another", [{ before: "step", step: StepId.parse("b") }], false],
  ["before every step", [{ before: "every_step" }], true],
  ["before a payment above less than the cap", [{ before: "payment", above: credits(29n) }], true],
  ["before a payment above the cap", [{ before: "payment", above: credits(30n) }], false],
  ["before a payment above its worth in USDC", [{ before: "payment", above: money("usdc_base", 1n) }], false],
  ["before a payment above less in USDC", [{ before: "payment", above: money("usdc_base", 0n) }], true],
])("[R29] told to stop %s, a run sends nothing for it until it is let go on", (_, stops, halts) => {
  const opened = [begin(two, debugging({ stops })), reserved] as const;
  expect(after(two, ...opened)).toMatchObject({ does: halts ? [] : ["call"], status: halts ? "paused" : "running" });
  if (halts) expect(after(two, ...opened, resume()).does).toEqual(["call"]);
});

test("[R29] run until a step: it closes, and the run is paused behind it", () => {
  const stops: Debug["stops"] = [{ after: "step", step: StepId.parse("a") }];
  const until = after(two, begin(two, debugging({ stops })), reserved, delivered("a"), captured("a"));
  expect(until).toMatchObject({ does: [], stands: ["closed", "halted"], status: "paused" });
  const set: RunEvent = { type: "stops_set", by: ada, stops: [], atMs: 0 };
  expect(after(two, begin(two, debugging({ stops })), set, reserved, delivered("a"), captured("a")).does).toEqual([
    "call",
  ]);
});

test("[R30] a pinned step is neither executed nor paid, and its receipt says so", () => {
  const output = digestOf("pinned");
  const pins = { a: { port: "done", output, gives: null } };
  const { does, state, receipts } = after(two, begin(two, debugging({ pins })), reserved);
  expect(receipts).toMatchObject([{ step: "a", port: "done", output, paid: null, pinned: true }]);
  expect(does).toEqual(["call"]);
  expect([state.spent, state.debug?.pins]).toEqual([credits(0n), {}]);
});

test("[R30] nobody's consent is taken from elsewhere", () => {
  const plan = planOf([askStep("q"), callStep("b", [{ step: 0, port: "approved" }])]);
  const pins = { q: { port: "approved", output: null, gives: null } };
  expect(after(plan, begin(plan, debugging({ pins })), reserved).does).toEqual(["ask", "start_timer"]);
});

test("[R30] a pin that the step cannot come to fails it", () => {
  for (const pin of [
    { port: "yes", output: digestOf(1), gives: null },
    { port: "done", output: null, gives: null },
  ])
    expect(after(two, begin(two, debugging({ pins: { a: pin } })), reserved).state.ending).toMatchObject({
      code: "pin_invalid",
    });
});

test("[R30] an agent that is mocked is not called, and one of which nothing was recorded fails its step", () => {
  const [reader = AgentId.parse("acme/reader@1.0.0")] = two.authority.agents;
  const fixed = { [reader]: { by: "fixed", output: digestOf("mock") } } as const;
  const mocked = after(two, begin(two, debugging({ mocks: fixed })), reserved);
  expect(mocked).toMatchObject({ does: ["release"], stands: ["closed", "closed"] });
  const recorded = { [reader]: { by: "recorded" } } as const;
  expect(after(two, begin(two, debugging({ mocks: recorded })), reserved).state.ending).toMatchObject({
    code: "not_recorded",
  });
});
