import fc from "fast-check";
import { expect, test } from "vitest";
import type { Json } from "../basics/json";
import { catalog } from "../nodes/catalog";
import { planDiff } from "../plan/diff/plan-diff";
import type { Plan } from "../plan/plan";
import { compile } from "./compile";
import { documentOf } from "./draw-pieces.contract";
import { pieces, randomAgents } from "./random-pieces.contract";
import { agent, type Node, planned } from "./small-drawing.contract";

const words = (before: Plan, after: Plan) =>
  planDiff(before, after).map(({ risk, message, direction }) => `${risk} ${direction}: ${message}`);
const again = (most: number): Node => ({ id: "again", kind: "loop", while: "true", most });
const looped = (most: number) =>
  planned([again(most), agent("work", "again")], "in.n > again.value", "again.value > work.x");

test("[D1] the worst case is named with its cause, and comes first", () => {
  expect(words(looped(4), looped(31))).toEqual([
    "money more: Worst case rises from 0.000012 credits to 0.000093 credits: loop bound of again 4 -> 31",
    "authority more: acme can be paid 0.000012 credits -> 0.000093 credits",
    "logic other: again says something else than before",
  ]);
  expect(words(looped(31), looped(4))[0]).toBe(
    "money less: Worst case falls from 0.000093 credits to 0.000012 credits: loop bound of again 31 -> 4",
  );
});

test("[D1] a cap, a step that is new and one that is gone are causes as well", () => {
  const plan = (...nodes: Node[]) => planned(nodes, ...nodes.map(({ id }) => `in.text > ${id}.x`));
  const capped = (amount: string): Node => ({ ...agent("a"), cap: { currency: "microcredits", amount } as Json });
  expect(words(plan(capped("3")), plan(capped("900")))[0]).toContain("cap of a 0.000003 credits -> 0.0009 credits");
  expect(words(plan(agent("a")), plan(agent("a"), agent("b")))[0]).toContain("b is new, at most 0.000003 credits");
  expect(words(plan(agent("a"), agent("b")), plan(agent("a")))[0]).toContain("b is gone");
});

test("[D2] a payment that nobody agrees to any more is said to be one", () => {
  const ask: Node = { id: "ask", kind: "approval", question: "Pay?" };
  const asked = planned([ask, agent("work")], "in.text > ask.subject", "ask.approved > work.x");
  const free = planned([ask, agent("work")], "in.text > ask.subject", "in.text > work.x");
  expect(words(asked, free)[0]).toBe("authority more: Nobody agrees any more before work pays acme");
  expect(words(free, asked)[0]).toBe("authority less: More approvals before work pays acme: 0 -> 1");
  const softer = planned(
    [ask, agent("work"), agent("no")],
    "in.text > ask.subject",
    "ask.approved > work.x",
    "ask.denied > no.x",
  );
  expect(words(asked, softer)).toContain("authority more: ask: a refusal no longer ends the run");
});

test("[D2] who can be paid and called since is named", () => {
  const one = planned([agent("work")], "in.text > work.x");
  const two = planned([agent("work", undefined, "bolt/once")], "in.text > work.x", "in.items > work.y");
  expect(words(one, two)).toEqual(
    expect.arrayContaining([
      "authority more: Can now be paid: bolt at most 0.00004 credits",
      "authority less: No longer paid: acme",
      "authority more: Can now be called: bolt/once@1.0.0",
    ]),
  );
});

test("[D3] what leaves since, to whom, is named", () => {
  const one = planned([agent("work")], "in.text > work.x");
  const two = planned([agent("work")], "in.text > work.x", "in.items > work.y");
  expect(words(one, two)).toContain("data more: Leaves now: y to acme/cheap@1.0.0");
  expect(words(two, one)).toContain("data less: Leaves no more: y to acme/cheap@1.0.0");
});

test("[D4] plans that differ are told apart, in the order of risk, and the same plan differs in nothing", () => {
  const risks = ["money", "authority", "data", "logic", "looks"];
  const planFrom = (drawn: Parameters<typeof documentOf>[0]) => {
    const compiled = compile(documentOf(drawn), { kinds: catalog, manifests: randomAgents });
    return compiled.ok ? compiled.value : null;
  };
  fc.assert(
    fc.property(pieces, fc.nat(20), fc.option(pieces), (drawn, gone, other) => {
      const before = planFrom(drawn);
      const after = planFrom(other ?? drawn.filter((_, place) => place !== gone % Math.max(1, drawn.length)));
      if (!before || !after) return;
      expect(planDiff(before.plan, before.plan)).toEqual([]);
      const changes = planDiff(before.plan, after.plan);
      expect(changes.length > 0).toBe(before.hash !== after.hash);
      const order = changes.map(({ risk }) => risks.indexOf(risk));
      expect(order).toEqual([...order].sort((a, b) => a - b));
    }),
  );
});

test("[D1] what is gone is called by the name that it had", () => {
  const looks = (titles: Record<string, string>) => ({ titles, layout: {} });
  const plan = (...nodes: Node[]) => planned(nodes, ...nodes.map(({ id }) => `in.text > ${id}.x`));
  const changes = planDiff(plan(agent("a"), agent("b")), plan(agent("a")), {
    before: looks({ a: "First", b: "Second" }),
    after: looks({ a: "First" }),
  });
  expect(changes[0]?.message).toContain("Second is gone");
});

test("[D4] what people see and no run depends on comes last", () => {
  const plan = looped(2);
  const looks = (title: string, x: number) => ({ titles: { work: title }, layout: { work: { x, y: 0 } } });
  const changes = planDiff(plan, plan, { before: looks("Work", 0), after: looks("Read", 9) });
  expect(changes.map(({ risk, message }) => [risk, message])).toEqual([
    ["looks", "Work is now called Read"],
    ["looks", "1 node was moved"],
  ]);
});
