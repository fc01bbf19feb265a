import fc from "fast-check";
import { expect, test } from "vitest";
import type { Json } from "../basics/json";
import { money } from "../basics/money";
import { digestOf } from "../plan/digest";
import { indexOfPlan } from "../plan/plan-index";
import { compile } from "./compile";
import { documentOf } from "./draw-pieces.contract";
import { pieces } from "./random-pieces.contract";
import { agent, faults, flow, type Node, planned, registry } from "./small-drawing.contract";

const each: Node = { id: "each", kind: "map", most: 10, atOnce: 5 };

test("[C8] a wire that leaves a container without going through its outputs is a fault, and so is a result in it", () => {
  const wired = ["in.items > each.items", "each.item > work.x", "work.text > out.value"];
  const out: Node = { id: "out", kind: "output", name: "out" };
  expect(faults([each, agent("work", "each"), out], ...wired)).toMatchObject(
    [
      { code: "wire_crosses", node: "work", container: "each", port: "text" },
      { code: "input_missing", node: "out", input: "value" },
    ].sort((a, b) => (a.node < b.node ? -1 : 1)),
  );
  expect(faults([each, agent("work", "each"), { ...out, parent: "each" }], ...wired)).toMatchObject([
    { code: "output_inside", node: "out" },
  ]);
  const inner = ["in.items > each.items", "in.text > each.result", "each.item > work.x"];
  expect(faults([each, agent("work")], ...inner).map(({ code }) => code)).toContain("wire_lost");
});

test("[C9] a body stands right behind its container, which waits for what the body takes from around it", () => {
  const plan = planned(
    [agent("before"), each, agent("work", "each"), agent("after")],
    ...["in.text > before.x", "in.items > each.items", "each.item > work.x", "before.text > work.y"],
    ...["work.text > each.result", "each.results > after.x"],
  );
  expect(plan.steps.map(({ id }) => id)).toEqual(["before", "each", "work", "after"]);
  const [, map, work, after] = plan.steps;
  expect(map).toMatchObject({
    gates: [{ step: 0, port: "done" }],
    instruction: {
      op: "map",
      body: 1,
      gives: { value: { from: "step", step: 2, field: "text" }, gates: [{ step: 2, port: "done" }] },
    },
  });
  expect(work).toMatchObject({
    gates: [],
    takes: { x: { from: "each", step: 1, field: "item" }, y: { from: "step", step: 0, field: "text" } },
  });
  expect(after?.gates).toEqual([{ step: 1, port: "done" }]);
  expect(plan.bound).toEqual([money("microcredits", 3n + 10n * 3n + 3n)]);
});

test("[C3] bodies in bodies multiply, and beyond a million steps there is no plan", () => {
  const deep = (most: number) => [
    { ...each, most },
    { ...each, id: "inner", parent: "each", most },
    agent("work", "inner"),
  ];
  const wires = ["in.items > each.items", "in.items > inner.items", "inner.item > work.x"];
  expect(planned(deep(20), ...wires).bound).toEqual([money("microcredits", 1_200n)]);
  expect(faults(deep(1_000), ...wires)).toMatchObject([{ code: "plan_too_large", most: 1_000_000 }]);
});

const pays = (settings: Record<string, Json>, parent?: string): Node => ({
  ...{ id: "give", kind: "pay", payee: "dan", cap: { currency: "microcredits", amount: "50" }, inputs: ["n"] },
  ...settings,
  ...(parent ? { parent } : {}),
});
const ask = (id: string, parent?: string): Node => ({
  id,
  kind: "approval",
  question: "Pay?",
  ...(parent ? { parent } : {}),
});

test("[C11] regression 28: an amount that an agent had a say in needs an approval that shows it", () => {
  const wires = ["in.text > work.x", "work.n > give.n"];
  expect(faults([agent("work"), pays({ amount: "n" })], ...wires)).toMatchObject([
    { code: "amount_unapproved", node: "give", input: "n" },
  ]);
  const shown = ["in.text > work.x", "work.n > look.subject", "look.approved > give.n"];
  expect(faults([agent("work"), ask("look"), pays({ amount: "n" })], ...shown)).toEqual([]);
  const other = ["in.text > work.x", "work.text > look.subject", "look.approved > give.after", "work.n > give.n"];
  expect(faults([agent("work"), ask("look"), pays({ amount: "n" })], ...other)).toMatchObject([
    { code: "amount_unapproved" },
  ]);
  expect(faults([pays({ amount: "n" })], "in.n > give.n")).toEqual([]); // the starter's own number
});

test("[C11] regression 28: what was computed, joined, mapped or looped of an agent's words is no other", () => {
  const computed = [
    agent("work"),
    { id: "sum", kind: "transform", inputs: ["a"], gives: { n: "a + 1" } },
    pays({ amount: "n" }),
  ];
  expect(faults(computed, "in.text > work.x", "work.n > sum.a", "sum.n > give.n")).toMatchObject([
    { code: "amount_unapproved" },
  ]);
  const looped: Node[] = [
    { id: "again", kind: "loop", while: "true", most: 2 },
    agent("work", "again"),
    pays({ amount: "n" }),
  ];
  const around = ["in.n > again.value", "again.value > work.x", "work.n > again.next", "again.done > give.n"];
  expect(faults(looped, ...around)).toMatchObject([{ code: "amount_unapproved" }]);
  const either: Node[] = [
    agent("work"),
    ask("look"),
    { id: "any", kind: "join", inputs: 2, mode: "any" },
    pays({ amount: "n" }),
  ];
  const unsure = [
    "in.text > work.x",
    "work.n > look.subject",
    "look.approved > any.in1",
    "in.text > any.in2",
    "work.n > give.n",
    "any.first > give.after",
  ];
  expect(faults(either, ...unsure)).toMatchObject([{ code: "amount_unapproved" }]);
});

test("[C11] regression 28: an agent that decides which of two amounts is taken has a say in it", () => {
  const amounts: Node = { id: "low", kind: "transform", inputs: ["n"], gives: { n: "n" } };
  const nodes: Node[] = [
    agent("work"),
    { id: "if", kind: "branch", condition: "value == 'dear'" },
    amounts,
    { id: "one", kind: "join", inputs: 2, mode: "any" },
    pays({ amount: "n" }),
  ];
  const either = ["in.n > low.n", "in.text > work.x", "in.n > if.carry", "if.yes > one.in1", "one.first > give.n"];
  const steered = [...either, "work.text > if.value", "low.n > one.in2"];
  expect(faults(nodes, ...steered)).toMatchObject([{ code: "amount_unapproved", node: "give", input: "n" }]);
  // The starter's own words may decide, and an approval that shows what was taken is enough.
  expect(faults(nodes, ...either, "in.text > if.value", "low.n > one.in2")).toEqual([]);
  const shown = steered.map((wire) => wire.replace("one.first > give.n", "one.first > look.subject"));
  expect(faults([...nodes, ask("look")], ...shown, "look.approved > give.n")).toEqual([]);
});

test("[C11] regression 28: a payee that is no account written out does not compile", () => {
  for (const payee of ["n.payee", "{{ payee }}", "", "@starter"])
    expect(faults([pays({ payee, amount: { currency: "microcredits", amount: "1" } })], "in.n > give.n")).toMatchObject(
      [{ code: "settings_invalid", field: "payee" }],
    );
});

test("[C12] time adds up along the longest chain, and bodies count as often as they can be done one after the other", () => {
  const plan = planned(
    [
      { ...agent("first"), retries: 1 },
      ask("look"),
      each,
      agent("work", "each"),
      { id: "rest", kind: "wait", for: 5_000 },
    ],
    ...["in.text > first.x", "first.text > look.subject", "in.items > each.items", "each.item > work.x"],
    ...["look.approved > rest.value"],
  );
  // 10 s a call: two attempts and a pause of a second; two rounds of five at once beside them.
  expect(plan.time).toEqual({ workMs: 21_250, waitMs: 86_405_000 });
});

test("[C13] the data manifest names each field that leaves, to whom, and what it may carry", () => {
  const person = { type: "object", properties: { mail: { type: "string", "x-studio-type": "personal" } } };
  const compiled = compile(
    flow(
      [
        { id: "in", kind: "input", schema: person as Json },
        agent("work"),
        agent("next", undefined, "bolt/once"),
        ask("look"),
      ],
      ["in.mail > work.x", "work.text > next.x", "next.text > look.subject"],
    ),
    registry,
  );
  expect(compiled.ok && compiled.value.plan.data).toEqual([
    {
      to: { agent: "acme/cheap@1.0.0" },
      publisher: "acme",
      fields: [{ field: "x", carries: ["personal"] }],
      sends: [],
    },
    { to: { agent: "bolt/once@1.0.0" }, publisher: "bolt", fields: [{ field: "x", carries: ["personal"] }], sends: [] },
    { to: { approver: "@starter" }, publisher: null, fields: [{ field: "subject", carries: ["personal"] }], sends: [] },
  ]);
});

test("[C4] regressions 13 and 14: every node moved at random, renamed and drawn in another order leaves the hash", () => {
  fc.assert(
    fc.property(pieces, fc.infiniteStream(fc.integer({ min: -500, max: 500 })), (drawn, chance) => {
      const document = documentOf(drawn);
      const next = () => chance.next().value ?? 0;
      const moved = {
        ...document,
        nodes: [...document.nodes].sort(() => next()).map((node) => ({ ...node, title: `Node ${next()}` })),
        wires: [...document.wires].sort(() => next()),
        layout: Object.fromEntries(document.nodes.map(({ id }) => [id, { x: next(), y: next() }])),
      };
      const [before, after] = [compile(document, registry), compile(moved, registry)];
      expect(after.ok).toBe(before.ok);
      if (!before.ok || !after.ok) return;
      expect(after.value).toEqual(before.value);
      expect(before.value.hash).toBe(digestOf(before.value.plan));
      expect(indexOfPlan(before.value.plan).slots).toBeGreaterThan(0);
    }),
  );
});
