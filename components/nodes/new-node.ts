import type { NodeId } from "@/flows/basics/ids";
import type { FlowEdit } from "@/flows/graph/edit";
import type { FlowDocument, FlowNode, Position } from "@/flows/graph/graph";
import type { KindName } from "@/flows/nodes/catalog";
import type { Manifest } from "@/flows/plan/manifest";

/** What a person takes from the palette. */
export type Picked = { kind: Exclude<KindName, "agent"> } | { kind: "agent"; agent: Manifest };

type Settings = FlowNode["settings"];

/** What a new node of each kind starts with: enough to be understood, and to compile where that is possible. */
const FRESH = {
  input: () => ({
    title: "Input",
    settings: {
      schema: {
        type: "object",
        properties: { text: { type: "string", title: "Text", format: "text" } },
        required: ["text"],
      },
    },
  }),
  branch: () => ({ title: "Branch", settings: { condition: "size(value) > 0" } }),
  approval: () => ({
    title: "Approval",
    settings: { question: "May this go on?", approvers: ["@starter"], timeoutMs: 86_400_000 },
  }),
  output: (document: FlowDocument) => ({ title: "Output", settings: { name: freeName(document) } }),
} satisfies Record<Exclude<KindName, "agent">, (document: FlowDocument) => { title: string; settings: Settings }>;

/** The edit that puts a picked node on the canvas, under an id and a title of its own. */
export function addPicked(document: FlowDocument, pick: Picked, position: Position): FlowEdit & { edit: "add_node" } {
  const fresh =
    pick.kind === "agent"
      ? { title: pick.agent.title, settings: { agent: pick.agent.agent, inputs: {} } }
      : FRESH[pick.kind](document);
  const titles = new Set(document.nodes.map(({ title }) => title));
  const ids = new Set<string>(document.nodes.map(({ id }) => id));
  const node: FlowNode = {
    id: free(ids, pick.kind, "-") as NodeId,
    kind: pick.kind,
    title: free(titles, fresh.title, " "),
    settings: fresh.settings,
  };
  return { edit: "add_node", node, position };
}

function freeName(document: FlowDocument): string {
  const names = new Set(document.nodes.map(({ settings }) => String(settings.name ?? "")));
  return free(names, "result", " ");
}

function free(taken: ReadonlySet<string>, wanted: string, between: string): string {
  let name = wanted;
  for (let count = 2; taken.has(name); count++) name = `${wanted}${between}${count}`;
  return name;
}
