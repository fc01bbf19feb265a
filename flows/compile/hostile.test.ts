import { expect, test } from "vitest";
import type { Json } from "../basics/json";
import type { PinnedFlow } from "../graph/graph";
import { compile } from "./compile";
import { meaningDigest } from "./inline";
import { agent, FORM, faults, flow, type Node, planned, registry, start } from "./small-drawing.contract";

const OUT: Node = { id: "out", kind: "output", name: "text" };

/** Flows that pin flows: each level uses the one below `wide` times, so that they grow like a power. */
function flowsInFlows({ levels, wide, lowest }: { levels: number; wide: number; lowest: readonly Node[] }) {
  const [first] = lowest;
  const through = first ? [`in.text > ${first.id}.x`, `${first.id}.text > out.value`] : ["in.text > out.value"];
  let drawn = flow([start, ...lowest, OUT], through);
  const flows: Record<string, PinnedFlow> = {};
  for (let level = 0; level < levels; level++) {
    const pinned = { nodes: drawn.nodes, wires: drawn.wires };
    const digest = meaningDigest(pinned);
    flows[digest] = pinned;
    const uses = Array.from({ length: wide }, (_, place) => `use${place}`);
    const signature = { flow: digest, input: FORM as Json, outputs: { text: { type: "string" } } as Json };
    drawn = flow(
      [start, ...uses.map((id) => ({ id, kind: "subflow", ...signature })), OUT],
      [...uses.map((id) => `in.text > ${id}.text`), "use0.text > out.value"],
    );
  }
  return { ...drawn, flows };
}

test("[C10] flows within flows that grow without end are refused in a moment, whether they do something or not", () => {
  for (const lowest of [[], [agent("work")], [agent("work", undefined, "acme/gone")]]) {
    const compiled = compile(flowsInFlows({ levels: 7, wide: 40, lowest }), registry);
    expect(compiled.ok ? [] : compiled.error.map(({ code }) => code)).toEqual(["flow_faulty"]);
    expect(JSON.stringify(compiled)).toContain('"flow_too_large"');
  }
  expect(compile(flowsInFlows({ levels: 7, wide: 2, lowest: [agent("work")] }), registry)).toMatchObject({ ok: true });
});

test("[C1] of many thousand faults the first thousand are named, the same ones whatever was drawn first, and that there are more", () => {
  const broken = Array.from({ length: 3_000 }, (_, place): Node => ({ id: `b${place}`, kind: "branch" }));
  const found = faults(broken);
  expect(found).toHaveLength(1_001);
  expect(found.at(-1)).toEqual({ code: "more_faults", shown: 1_000 });
  expect(faults([...broken].reverse())).toEqual(found);
  const few = faults(broken.slice(0, 900));
  expect(new Set(few.map(({ code }) => code))).toEqual(new Set(["settings_invalid"]));
});

const nested = (depth: number): Node[] =>
  Array.from({ length: depth }, (_, place) => ({
    ...{ id: `t${place}`, kind: "try", attempts: 1 },
    ...(place > 0 ? { parent: `t${place - 1}` } : {}),
  }));

test("[C9] bodies lie at most 32 deep in one another; however deep they are drawn, that is a fault and no accident", () => {
  expect(planned([...nested(32), agent("work", "t31")], "in.text > work.x").steps).toHaveLength(33);
  expect(faults([...nested(33), agent("work", "t32")], "in.text > work.x")).toEqual([
    { code: "nested_too_deep", node: "work", most: 32 },
  ]);
  const codes = new Set(faults([...nested(9_990), agent("work", "t9989")], "in.text > work.x").map(({ code }) => code));
  expect([...codes]).toEqual(["nested_too_deep", "more_faults"]);
});

test("[C1] a node drawn in what cannot hold it, or in itself, is a fault of its own; what lies in it is not", () => {
  const each: Node = { id: "each", kind: "map", most: 2, atOnce: 1, parent: "other" };
  const other: Node = { id: "other", kind: "try", attempts: 1, parent: "each" };
  const wires = ["in.items > each.items", "each.item > work.x"];
  const work = agent("work", "each");
  for (const nodes of [
    [work, other, each],
    [each, work, other],
    [other, each, work],
  ])
    expect(faults(nodes, ...wires).filter(({ code }) => code === "parent_invalid")).toEqual([
      { code: "parent_invalid", node: "each", parent: "other" },
      { code: "parent_invalid", node: "other", parent: "each" },
    ]);
  expect(faults([agent("one"), agent("two", "one")], "in.text > one.x", "in.text > two.x")).toEqual([
    { code: "parent_invalid", node: "two", parent: "one" },
  ]);
});

test("[C11] hundreds of approvals before hundreds of payments are followed in a moment, each for its own value", () => {
  const many = Array.from({ length: 300 }, (_, place) => place);
  const nodes = many.flatMap((place): Node[] => [
    agent(`work${place}`),
    { id: `ask${place}`, kind: "approval", question: "Pay?" },
    {
      ...{ id: `pay${place}`, kind: "pay", payee: "dan", inputs: ["n"], amount: "n" },
      cap: { currency: "microcredits", amount: "50" },
    },
  ]);
  const wires = many.flatMap((place) => [
    place === 0 ? "in.text > work0.x" : `pay${place - 1}.paid > work${place}.x`,
    `work${place}.n > ask${place}.subject`,
    // The last approval shows its own value, but the payment takes another one's.
    `${place === 299 ? "work299.n" : `ask${place}.approved`} > pay${place}.n`,
  ]);
  expect(faults(nodes, ...wires)).toEqual([{ code: "amount_unapproved", node: "pay299", input: "n" }]);
});
