import { expect, test } from "vitest";
import { money } from "../basics/money";
import type { Plan } from "../plan/plan";
import { stepClaims } from "../receipts/step-claims";
import { recordingOf } from "../run/recording";
import { ada, cheap, planOf, ran, works } from "./small-flow.contract";

const credits = (amount: bigint) => money("microcredits", amount);
const capped = (amount: string) => ({ cap: { currency: "microcredits", amount } });
const counting = { agent: (_: unknown, count: number) => ({ ...works, output: { ...works.output, n: count } }) };

/** Calls an agent of 3 microcredits in each round. */
const looped = (cap: string, more: object = {}) =>
  planOf(
    [
      { id: "again", kind: "loop", while: "true", most: 10, ...capped(cap), ...more },
      cheap("work", "again"),
      { id: "done", kind: "output", name: "done" },
      { id: "limit", kind: "output", name: "limit" },
    ],
    "in.n > again.value",
    "again.value > work.x",
    "work.n > again.next",
    "again.done > done.value",
    "again.limit > limit.value",
  );

test("[C17] a body under a cap counts for its cap, and for less where its rounds come to less", () => {
  expect(looped("8").bound).toEqual([credits(8n)]);
  expect(looped("300").bound).toEqual([credits(30n)]);
  expect(looped("8").authority.payees).toMatchObject([{ cap: credits(8n) }]);
});

test("[R33] a loop under a cap goes on while its cap has room, and then out at its limit with what it has", async () => {
  const { ending, spent, calls, results } = await ran(looped("8"), counting);
  expect(ending.result).toBe("succeeded");
  expect(calls).toEqual(["r/work@0/call", "r/work@1/call"]);
  expect([spent, results]).toEqual([6n, { limit: 1 }]);
});

test("[R33] what was held and not spent is room again", async () => {
  const asksLess = { agent: () => ({ ...works, price: credits(1n) }) };
  const { spent, calls } = await ran(looped("8", { most: 6 }), asksLess);
  expect([spent, calls.length]).toEqual([6n, 6]);
});

const mapped = (cap: string, around: readonly object[] = [], wires: readonly string[] = []) =>
  planOf(
    [
      ...around,
      { id: "each", kind: "map", most: 3, atOnce: 1, ...capped(cap), ...(around.length > 0 ? { parent: "safe" } : {}) },
      cheap("work", "each"),
      { id: "out", kind: "output", name: "out" },
    ] as never,
    "in.items > each.items",
    "each.item > work.x",
    "work.text > each.result",
    ...wires,
  );

test("[R33] a map whose cap has no room for a round fails, and says how much there is", async () => {
  const plan = mapped("7", [], ["each.results > out.value"]);
  const { ending, spent } = await ran(plan);
  expect(ending).toMatchObject({ result: "failed", step: "work", path: [2], code: "cap_reached" });
  expect(ending).toMatchObject({ reason: expect.stringContaining("0.000001 credits left") });
  expect(spent).toBe(6n);
});

test("[R33] an attempt that came to the cap around it is the last; one that came to a cap inside has another", async () => {
  const inside = [{ id: "safe", kind: "try", attempts: 3, catches: ["resource"] }];
  const wires = ["each.results > safe.result", "safe.error > out.value"];
  const { ending, spent, results } = await ran(mapped("7", inside, wires));
  expect([ending.result, spent]).toEqual(["succeeded", 18n]);
  expect(results).toMatchObject({ out: { code: "cap_reached" } });

  const around = [{ id: "safe", kind: "try", attempts: 3, catches: ["resource"], ...capped("7") }];
  const once = await ran(mapped("100", around, wires));
  expect([once.ending.result, once.spent]).toEqual(["succeeded", 6n]);
});

test("[R33] each time that a body is done it has its cap anew, and stays within those around it", async () => {
  const plan = (outer: string) =>
    planOf(
      [
        { id: "each", kind: "map", most: 3, atOnce: 1, ...capped(outer) },
        { id: "again", kind: "loop", while: "true", most: 10, ...capped("8"), parent: "each" },
        cheap("work", "again"),
        { id: "out", kind: "output", name: "out" },
      ],
      "in.items > each.items",
      "each.item > again.value",
      "again.value > work.x",
      "work.text > again.next",
      "again.done > each.result",
      "each.results > out.value",
    );
  expect(plan("100").bound).toEqual([credits(24n)]);
  expect((await ran(plan("100"))).spent).toBe(18n);
  expect(plan("16").bound).toEqual([credits(16n)]);
  const short = await ran(plan("16"));
  expect([short.spent, short.ending]).toMatchObject([15n, { result: "failed", code: "cap_reached" }]);
});

test("[C17] a payment that a cap around it has no room for is a fault, and so is one in another currency", () => {
  expect(() => looped("2")).toThrow(/cap_above_container/);
  expect(() => looped("8", { cap: { currency: "usdc_base", amount: "8" } })).toThrow(/cap_above_container/);
});

test("[R31] [R33] what is recorded of a run that came to a cap can be told to another, and brings it to the same end", async () => {
  const plan = looped("8");
  const first = await ran(plan, counting);
  const { pins } = recordingOf(plan, first.events);
  expect(pins["work@2"]).toEqual({ code: "cap_reached", reason: expect.any(String), short: 1 });
});

test("[R33] receipts that together paid more in a body than its cap allows are found out", async () => {
  const { receipts, plan } = await ran(looped("8"));
  const links = receipts.map((step) => ({ sealed: null as never, body: { kind: "step", run: "r", step } as never }));
  const failures = (under: Plan) =>
    stepClaims(under, links, ada).flatMap(({ holds, failed }) => (holds ? [] : [failed]));
  expect(failures(plan)).toEqual([]);
  const steps = plan.steps.map((step) =>
    step.instruction.op === "loop" ? { ...step, instruction: { ...step.instruction, cap: credits(5n) } } : step,
  );
  expect(failures({ ...plan, steps })).toEqual(["More was paid in a body than its cap allows."]);
});
