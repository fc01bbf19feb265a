import type { NodeId } from "@/flows/basics/ids";
import { applyEdit, type FlowEdit } from "@/flows/graph/edit";
import type { FlowDocument, Position } from "@/flows/graph/graph";
import type { Manifest } from "@/flows/plan/manifest";
import { addPicked, type Picked } from "../nodes/new-node";

/** A small flow to begin with, drawn with ordinary edits. */
export type Starter = { id: string; name: string; about: string; steps: readonly ("ask" | "branch")[] };

export const STARTERS: readonly Starter[] = [
  {
    id: "call",
    name: "Call one agent",
    about: "Input, agent, output: the shortest flow that does something.",
    steps: [],
  },
  {
    id: "ask",
    name: "Ask before paying",
    about: "A person agrees before the agent is called and paid.",
    steps: ["ask"],
  },
  {
    id: "choose",
    name: "Pay only when needed",
    about: "A condition decides whether the agent is called.",
    steps: ["branch"],
  },
];

const ACROSS = 280;
const DOWN = 140;

/** The edits that draw a starter around an agent; the agent's own first text input is what the form asks for. */
export function drawStarter(empty: FlowDocument, starter: Starter, agent: Manifest): FlowEdit[] {
  const edits: FlowEdit[] = [];
  let document = empty;
  let across = 0;

  function make(edit: FlowEdit) {
    const next = applyEdit(document, edit);
    if (next.ok) document = next.value;
    edits.push(edit);
  }
  function put(picked: Picked, position: Position = { x: across++ * ACROSS, y: 0 }): NodeId {
    const edit = addPicked(document, picked, { position, parent: null });
    make(edit);
    return edit.node.id;
  }
  const connect = (from: readonly [NodeId, string], to: readonly [NodeId, string]) =>
    make({ edit: "add_wire", wire: { from: { node: from[0], output: from[1] }, to: { node: to[0], input: to[1] } } });

  const { field, result } = firstPorts(agent);
  const start = put({ kind: "input" });
  make({ edit: "change_setting", node: start, field: "schema", value: formFor(agent, field) });
  let last: readonly [NodeId, string] = [start, field];
  for (const step of starter.steps) {
    const node = put({ kind: step === "ask" ? "approval" : "branch" });
    connect(last, [node, step === "ask" ? "subject" : "value"]);
    last = [node, step === "ask" ? "approved" : "yes"];
    if (step === "branch") {
      const other = put({ kind: "output" }, { x: across * ACROSS, y: DOWN });
      make({ edit: "change_setting", node: other, field: "name", value: "not needed" });
      connect([node, "no"], [other, "value"]);
    }
  }
  const call = put({ kind: "agent", agent });
  connect(last, [call, field]);
  connect([call, result], [put({ kind: "output" }), "value"]);
  return edits;
}

/** An agent that needs exactly one text is one that a starter can be drawn around. */
export function agentForStarters(agents: readonly Manifest[]): Manifest | null {
  const fits = agents.filter(({ input }) => {
    const [only, ...more] = input.required ?? [];
    return only !== undefined && more.length === 0 && input.properties[only]?.type === "string";
  });
  return fits.find(({ capabilities }) => capabilities.includes("summary")) ?? fits[0] ?? null;
}

function firstPorts({ input, output }: Manifest): { field: string; result: string } {
  const [first] = Object.keys(output.properties);
  // A text of its own, not one of a few words such as a mode. The order of properties says nothing: it is not kept.
  const text = Object.entries(output.properties).find(([, { type, enum: few }]) => type === "string" && !few)?.[0];
  return { field: input.required?.[0] ?? "text", result: text ?? first ?? "result" };
}

function formFor({ input }: Manifest, field: string) {
  const { title = field, contentMediaType } = input.properties[field] ?? {};
  const format = contentMediaType === "text/csv" ? "csv" : "text";
  return { type: "object", properties: { [field]: { type: "string", title, format } }, required: [field] };
}
