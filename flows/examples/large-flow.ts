import { AgentId, NodeId } from "../basics/ids";
import { FlowDocument, type FlowNode, type PinnedFlow, type Wire } from "../graph/graph";
import { meaningOf } from "../graph/meaning";
import { digestOf } from "../plan/digest";
import { Manifest } from "../plan/manifest";

type End = `${string}.${string}`;
type Settings = Omit<FlowNode["settings"], "parent"> & { parent?: string };
type Drawing = { nodes: FlowNode[]; wires: Wire[] };

const text = { type: "string" };
const PUBLISHERS = 12;

/** Forty agents of twelve publishers, each taking a text and making a text, a list of texts and a number. */
export const benchAgents: ReadonlyMap<AgentId, Manifest> = new Map(
  Array.from({ length: 40 }, (_, place) => {
    const agent = AgentId.parse(`publisher-${place % PUBLISHERS}/worker-${place}@1.0.0`);
    const words = {
      title: `Worker ${place}`,
      description: "Works.",
      capabilities: ["work"],
      deadlineMs: 30_000,
      sends: [],
    };
    const input = { type: "object", properties: { text, tone: text }, required: ["text"] };
    const list = { type: "array", items: text };
    const output = {
      type: "object",
      properties: { text, list, score: { type: "integer" } },
      required: ["text", "list", "score"],
    };
    const price = { currency: "microcredits", amount: String(1_000 + place) };
    const paid = { price, payee: `publisher-${place % PUBLISHERS}`, publisher: "outside", effect: "keyed" };
    return [agent, Manifest.parse({ agent, ...words, ...paid, input, output, digest: digestOf(agent) })];
  }),
);
/** Nodes of one section. */
const SECTION = 20;
const AGENTS = [...benchAgents.keys()];

const FORM = { type: "object", properties: { text }, required: ["text"] };
const PINNED: PinnedFlow = {
  nodes: [
    node("in", "input", { schema: FORM }),
    node("work", "agent", { agent: AGENTS[0] ?? "" }),
    node("out", "output", { name: "text" }),
  ],
  wires: [wire("in.text", "work.text"), wire("work.text", "out.value")],
};
const PIN = digestOf(meaningOf(PINNED));

/**
 * A flow of about `size` nodes: sections of twenty, of every kind that people use most, each going on from what the one
 * before it made. Every fourth section has a person in it.
 */
export function largeFlow(size: number): FlowDocument {
  const drawing: Drawing = { nodes: [node("start", "input", { schema: FORM })], wires: [] };
  let last: End = "start.text";
  for (let section = 0; drawing.nodes.length + SECTION < size || section === 0; section++)
    last = drawSection(drawing, section, last);
  drawing.nodes.push(node("end", "output", { name: "result" }));
  drawing.wires.push(wire(last, "end.value"));
  const layout = Object.fromEntries(
    drawing.nodes.map(({ id }, place) => [id, { x: (place % 20) * 260, y: place * 8 }]),
  );
  return FlowDocument.parse({ version: 2, ...drawing, layout, flows: { [PIN]: PINNED } });
}

function drawSection({ nodes, wires }: Drawing, section: number, from: End): End {
  const id = (name: string) => `s${section}-${name}`;
  const agent = (name: string, more: Settings = {}) => {
    const called = AGENTS[(section * 7 + nodes.length) % AGENTS.length] ?? "";
    nodes.push(node(id(name), "agent", { agent: called, ...more }));
  };
  const other = (name: string, kind: string, settings: Settings) => nodes.push(node(id(name), kind, settings));
  const join = (...pairs: [string, string][]) => {
    for (const [start, end] of pairs) wires.push(wire(start as End, end as End));
  };

  agent("read", { retries: 2 });
  other("note", "transform", { inputs: ["value"], gives: { long: "size(value) > 100", text: "value + '.'" } });
  other("if", "branch", { condition: `size(value) > ${section}` });
  agent("long");
  agent("short");
  other("either", "join", { inputs: 2, mode: "any" });
  other("kind", "switch", {
    cases: [
      { name: "a", when: "size(value) < 10" },
      { name: "b", when: "true" },
    ],
    otherwise: false,
  });
  other("each", "map", { most: 10, atOnce: 4 });
  agent("item", { parent: id("each") });
  other("mark", "transform", { inputs: ["value"], gives: { text: "value + '!'" }, parent: id("each") });
  other("again", "loop", { while: "index < 3", most: 3 });
  agent("better", { parent: id("again") });
  other("careful", "try", { attempts: 2 });
  agent("risky", { parent: id("careful") });
  other("ways", "parallel", { ways: 2 });
  other("check", "guard", { rule: { by: "expression", condition: "size(value) < 1000000" }, otherwise: "blocks" });
  other("pinned", "subflow", { flow: PIN, input: FORM, outputs: { text } });
  other("all", "join", { inputs: 2, mode: "all" });
  if (section % 4 === 0) other("ask", "approval", { question: `Go on after section ${section}?` });
  else other("rest", "wait", { for: 60_000 });
  other("out", "output", { name: `section ${section}` });

  join([from, `${id("read")}.text`], [`${id("read")}.text`, `${id("note")}.value`]);
  join([`${id("note")}.text`, `${id("if")}.value`], [`${id("if")}.yes`, `${id("long")}.text`]);
  join([`${id("if")}.no`, `${id("short")}.text`], [`${id("long")}.text`, `${id("either")}.in1`]);
  join([`${id("short")}.text`, `${id("either")}.in2`], [`${id("either")}.first`, `${id("kind")}.value`]);
  join([`${id("read")}.list`, `${id("each")}.items`], [`${id("each")}.item`, `${id("item")}.text`]);
  join([`${id("item")}.text`, `${id("mark")}.value`], [`${id("mark")}.text`, `${id("each")}.result`]);
  join([`${id("kind")}.b`, `${id("again")}.value`], [`${id("again")}.value`, `${id("better")}.text`]);
  join([`${id("better")}.text`, `${id("again")}.next`], [`${id("again")}.done`, `${id("risky")}.text`]);
  join([`${id("risky")}.text`, `${id("careful")}.result`], [`${id("careful")}.done`, `${id("ways")}.value`]);
  join([`${id("ways")}.way1`, `${id("check")}.value`], [`${id("ways")}.way2`, `${id("pinned")}.text`]);
  join([`${id("check")}.passed`, `${id("all")}.in1`], [`${id("pinned")}.text`, `${id("all")}.in2`]);
  join([`${id("each")}.results`, `${id("out")}.value`]);
  const last = section % 4 === 0 ? (["ask", "subject", "approved"] as const) : (["rest", "value", "value"] as const);
  join([`${id("all")}.first`, `${id(last[0])}.${last[1]}`]);
  return `${id(last[0])}.${last[2]}`;
}

/** `parent` stands among the settings here, and is none of them. */
function node(id: string, kind: string, { parent, ...settings }: Settings): FlowNode {
  return { id: NodeId.parse(id), kind, title: id, settings, ...(parent ? { parent: NodeId.parse(parent) } : {}) };
}

function wire(from: End, to: End): Wire {
  const [[start = "", output = ""], [end = "", input = ""]] = [from.split("."), to.split(".")];
  return { from: { node: NodeId.parse(start), output }, to: { node: NodeId.parse(end), input } };
}
