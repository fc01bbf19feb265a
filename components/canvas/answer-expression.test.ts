import { expect, test } from "vitest";
import { NodeId } from "@/flows/basics/ids";
import type { Json } from "@/flows/basics/json";
import { incrementalCompiler } from "@/flows/compile/incremental";
import { sampleManifests } from "@/flows/examples/sample-manifests";
import type { FlowGraph, FlowNode } from "@/flows/graph/graph";
import { catalog } from "@/flows/nodes/catalog";
import type { ExpressionQuestion } from "../store/compiler-line";
import { answerExpression } from "./answer-expression";

const node = (id: string, kind: string, settings: FlowNode["settings"]): FlowNode => ({
  id: NodeId.parse(id),
  kind,
  title: id,
  settings,
});
const wire = (from: string, to: string) => {
  const [[a = "", output = ""], [b = "", input = ""]] = [from.split("."), to.split(".")];
  return { from: { node: NodeId.parse(a), output }, to: { node: NodeId.parse(b), input } };
};
const order = {
  type: "object",
  properties: { total: { type: "integer" }, customer: { type: "string", title: "Who pays" } },
  required: ["total", "customer"],
};
const graph: FlowGraph = {
  nodes: [
    node("in", "input", { schema: { type: "object", properties: { order }, required: ["order"] } }),
    node("big", "branch", { condition: "value.total > 1" }),
    node("words", "model", {
      inputs: ["order"],
      prompt: "Dear {{ order.customer }}",
      ...{ model: "nobody/has-this", output: { type: "object", properties: {} } },
      ...{ cap: { currency: "microcredits", amount: "1" }, maxTokens: 10 },
    }),
    node("lost", "agent", { agent: "nobody/knows@1.0.0" }),
    node("late", "branch", { condition: "" }),
  ],
  wires: [wire("in.order", "big.value"), wire("in.order", "words.order"), wire("lost.out", "late.value")],
};

function ask(id: string, question: Partial<ExpressionQuestion> & Pick<ExpressionQuestion, "about" | "field">) {
  const compiler = incrementalCompiler({ kinds: catalog, manifests: sampleManifests });
  expect(compiler(graph).ok).toBe(false); // somebody else's node is broken
  const whole = { node: NodeId.parse(id), text: "", offset: question.text?.length ?? 0, values: null, ...question };
  return answerExpression(whole as ExpressionQuestion, { graph, around: compiler.around });
}
const found = (...asked: Parameters<typeof ask>) => ask(...asked)?.found;

test("what can be written is offered with its types, though the drawing does not compile", () => {
  expect(found("big", { about: "completions", field: "condition", text: "value." })).toMatchObject({
    from: 6,
    items: expect.arrayContaining([
      { kind: "field", label: "customer", insert: "customer", type: "string", doc: "Who pays" },
    ]),
  });
  expect(found("late", { about: "completions", field: "condition", text: "val" })).toMatchObject({
    items: [{ label: "value", type: "dyn" }],
  });
  expect(found("words", { about: "completions", field: "prompt", text: "Hi {{ order.cus" })).toMatchObject({
    from: 12,
    items: [{ label: "customer" }],
  });
  expect(found("words", { about: "completions", field: "prompt", text: "Hi ord" })).toEqual({ from: 6, items: [] });
});

test("a whole expression says what it gives, or where it is faulty", () => {
  expect(found("big", { about: "whole", field: "condition", text: "value.total > 3" })).toEqual({
    gives: "bool",
    faults: [],
    variables: [{ name: "value", type: "object" }],
    now: null,
  });
  expect(found("big", { about: "whole", field: "condition", text: "value.nothing > 3" })).toMatchObject({
    gives: null,
    faults: [{ place: { from: 6, to: 13 } }],
  });
  expect(found("words", { about: "whole", field: "prompt", text: "A {{ order.nothing }}" })).toMatchObject({
    faults: [{ place: { from: 11, to: 18 } }],
  });
});

test("on the values of a run it says what it gives now, within the limits of a run, and shortens what is long", () => {
  const now = (text: string, values: { [name: string]: Json }) => {
    const [id, field] = text.includes("{{") ? ["words", "prompt"] : ["big", "condition"];
    return (found(id, { about: "whole", field, text, values }) as { now: unknown }).now;
  };
  const value = { total: 7, customer: "Ada" };
  expect(now("value.total > 3", { value })).toEqual({ ok: true, text: "true" });
  expect(now("value.total > 3", { value: { customer: "Ada" } })).toMatchObject({ ok: false });
  expect(now("value.total / 0 > 3", { value })).toMatchObject({ ok: false, problem: expect.stringMatching(/zero/i) });
  expect(now("Dear {{ order.customer }}", { order: value })).toEqual({ ok: true, text: "Dear Ada" });
  const long = now("{{ order.customer }}", { order: { total: 1, customer: "a".repeat(5_000) } });
  expect((long as { text: string }).text.length).toBeLessThan(400);
});

test("a name and a call are told, in a template too; where nobody knows, nothing is said", () => {
  expect(found("big", { about: "name", field: "condition", text: "value.customer", offset: 8 })).toMatchObject({
    label: "customer",
    type: "string",
  });
  expect(found("words", { about: "name", field: "prompt", text: "{{ order.customer }}", offset: 10 })).toMatchObject({
    from: 9,
    to: 17,
  });
  expect(found("words", { about: "call", field: "prompt", text: "{{ size(", offset: 8 })).toMatchObject({
    from: 3,
    argument: 0,
  });
  expect(found("words", { about: "name", field: "prompt", text: "order", offset: 2 })).toBeNull();
  expect(ask("in", { about: "whole", field: "schema" })).toBeNull();
  expect(ask("gone", { about: "whole", field: "condition" })).toBeNull();
});
