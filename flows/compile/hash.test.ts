import { expect, test } from "vitest";
import type { NodeId } from "../basics/ids";
import type { Json } from "../basics/json";
import { applyEdit, type FlowEdit } from "../graph/edit";
import type { FlowDocument } from "../graph/graph";
import { compile } from "./compile";
import { agent, flow, type Node, registry, start } from "./small-drawing.contract";

const nodes: Node[] = [
  start,
  { ...agent("work"), retries: 1, cap: { currency: "microcredits", amount: "9" } },
  { id: "if", kind: "branch", condition: "size(value) > 1" },
  { id: "way", kind: "switch", cases: [{ name: "a", when: "size(value) > 2" }], otherwise: true },
  { id: "ask", kind: "approval", question: "Go on?", approvers: ["@starter"], timeoutMs: 60_000 },
  { id: "each", kind: "map", most: 5, atOnce: 2 },
  agent("item", "each"),
  { id: "again", kind: "loop", while: "index < 2", most: 3 },
  agent("round", "again"),
  { id: "safe", kind: "try", attempts: 2, catches: ["transient"] },
  agent("risk", "safe"),
  { id: "all", kind: "join", inputs: 2, mode: "any" },
  { id: "made", kind: "transform", inputs: ["value"], gives: { out: "value" } },
  { id: "later", kind: "wait", for: 5_000 },
  { id: "look", kind: "guard", rule: { by: "blocklist", words: ["no"] }, otherwise: "blocks" },
  {
    id: "give",
    kind: "pay",
    payee: "dan",
    cap: { currency: "microcredits", amount: "5" },
    amount: { currency: "microcredits", amount: "5" },
    inputs: [],
  },
  { id: "when", kind: "schedule", cron: "0 9 * * *", zone: "UTC" },
  { id: "out", kind: "output", name: "out" },
];
const wires = [
  ...["in.text > work.x", "work.text > if.value", "if.yes > way.value", "way.a > ask.subject", "in.items > each.items"],
  ...[
    "each.item > item.x",
    "item.text > each.result",
    "in.n > again.value",
    "again.value > round.x",
    "in.text > risk.x",
  ],
  ...[
    "risk.text > safe.result",
    "ask.approved > all.in1",
    "in.text > all.in2",
    "in.text > made.value",
    "in.text > later.value",
  ],
  ...["later.value > look.value", "all.first > out.value"],
];

function hashOf(document: FlowDocument): string {
  const compiled = compile(document, registry);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.error));
  return compiled.value.hash;
}

const set = (node: string, field: string, value: Json): FlowEdit => ({
  edit: "change_setting",
  node: node as NodeId,
  field,
  value,
});
const end = (text: string) => text.split(".") as [string, string];
const wire = (from: string, to: string) => ({
  from: { node: end(from)[0] as NodeId, output: end(from)[1] },
  to: { node: end(to)[0] as NodeId, input: end(to)[1] },
});
const rewire = (to: string, from: string, other: string): FlowEdit[] => [
  { edit: "remove_wires", wires: [wire(from, to)] },
  { edit: "add_wire", wire: wire(other, to) },
];
const credits = (amount: string) => ({ currency: "microcredits", amount });

/** One change of each sort that a run can tell. */
const changes: readonly [string, ...FlowEdit[]][] = [
  ["another agent", set("work", "agent", "acme/dear@1.0.0"), set("work", "cap", credits("500"))],
  ["a cap", set("work", "cap", credits("10"))],
  ["retries", set("work", "retries", 2)],
  ["a filled-in input", set("work", "inputs", { y: 1 })],
  ["a condition", set("if", "condition", "size(value) > 3")],
  ["a case", set("way", "cases", [{ name: "a", when: "size(value) > 4" }])],
  ["a side for the rest", set("way", "otherwise", false)],
  ["a question", set("ask", "question", "Stop?")],
  ["approvers", set("ask", "approvers", ["eve"])],
  ["a time-out", set("ask", "timeoutMs", 61_000)],
  ["the bound of a map", set("each", "most", 6)],
  ["how many at once", set("each", "atOnce", 1)],
  ["the bound of a loop", set("again", "most", 4)],
  ["while it goes round", set("again", "while", "index < 3")],
  ["attempts", set("safe", "attempts", 3)],
  ["what is caught", set("safe", "catches", ["business"])],
  ["how a join waits", set("all", "mode", "all")],
  ["an expression", set("made", "gives", { out: "value + value" })],
  ["a wait", set("later", "for", 6_000)],
  ["a word that is held back", set("look", "rule", { by: "blocklist", words: ["never"] })],
  ["a payee", set("give", "payee", "eve")],
  ["an amount", set("give", "amount", credits("4"))],
  ["a schedule", set("when", "cron", "0 10 * * *")],
  ["a zone", set("when", "zone", "Europe/Vienna")],
  ["the name of a result", set("out", "name", "other")],
  ["a wire", ...rewire("work.x", "in.text", "in.items")],
  ["a wire that is gone", { edit: "remove_wires", wires: [wire("item.text", "each.result")] }],
  ["a node that is gone", { edit: "remove_nodes", nodes: ["give" as NodeId] }],
  [
    "the form",
    set("in", "schema", {
      type: "object",
      properties: { text: { type: "string" }, items: { type: "array" }, n: { type: "integer" }, more: {} },
    }),
  ],
];

test.each(changes)("[C4] another meaning has another hash: %s", (_, ...edits) => {
  let document = flow(nodes, wires);
  const before = hashOf(document);
  for (const edit of edits) {
    const next = applyEdit(document, edit);
    if (!next.ok) throw new Error(next.error.code);
    document = next.value;
  }
  expect(hashOf(document)).not.toBe(before);
});

test("[C4] a note, a group around nodes and a title have no meaning", () => {
  const group: Node = { id: "frame", kind: "group", about: "Together" };
  const note: Node = { id: "words", kind: "note", text: "Look here" };
  const grouped = nodes.map((node) => (node.id === "made" ? { ...node, parent: "frame" } : node));
  expect(hashOf(flow([...grouped, group, note], wires))).toBe(hashOf(flow(nodes, wires)));
});
