import type { NodeId } from "@/flows/basics/ids";
import type { FlowEdit } from "@/flows/graph/edit";
import type { FlowDocument, FlowNode, Position } from "@/flows/graph/graph";
import type { KindName } from "@/flows/nodes/catalog";
import type { Manifest } from "@/flows/plan/manifest";
import { kindLooks } from "./kind-looks";

/** What a person takes from the palette. */
export type Picked = { kind: Exclude<KindName, "agent"> } | { kind: "agent"; agent: Manifest };

type Settings = FlowNode["settings"];

const FORM = {
  type: "object",
  properties: { text: { type: "string", title: "Text", format: "text" } },
  required: ["text"],
};
const DAY_MS = 86_400_000;
const CREDIT = { currency: "microcredits", amount: "1000000" };

/** What a new node of each kind starts with: enough to be understood, and to compile where that is possible. */
const FRESH: Record<Exclude<KindName, "agent" | "output">, Settings> = {
  input: { schema: FORM },
  model: { model: "", prompt: "Answer in one paragraph: {{ value }}", output: FORM, cap: CREDIT, maxTokens: 2_000 },
  approval: { question: "May this go on?", approvers: ["@starter"], timeoutMs: DAY_MS },
  branch: { condition: "size(value) > 0" },
  switch: { cases: [{ name: "first", when: "size(value) > 0" }], otherwise: true },
  map: { most: 10, atOnce: 4 },
  loop: { while: "index < 3", most: 3 },
  try: { attempts: 2, catches: ["transient"] },
  parallel: { ways: 2 },
  join: { inputs: 2, mode: "all" },
  transform: { inputs: ["value"], gives: { result: "value" } },
  wait: { for: 3_600_000 },
  subflow: {},
  pay: { payee: "", cap: CREDIT, amount: CREDIT, inputs: [] },
  guard: { rule: { by: "blocklist", words: ["confidential"] }, otherwise: "blocks" },
  manual: {},
  schedule: { cron: "0 9 * * 1-5", zone: "UTC" },
  webhook: { schema: FORM },
  event: { event: "file.added", schema: FORM },
  note: { text: "" },
  group: { about: "" },
};

/** The edit that puts a picked node on the canvas, under an id and a title of its own. */
export function addPicked(
  document: FlowDocument,
  pick: Picked,
  { position, parent }: { position: Position; parent: NodeId | null },
): FlowEdit & { edit: "add_node" } {
  const { title, settings } = freshOf(document, pick);
  const titles = new Set(document.nodes.map((node) => node.title));
  const ids = new Set<string>(document.nodes.map(({ id }) => id));
  const node: FlowNode = {
    id: free(ids, pick.kind, "-") as NodeId,
    kind: pick.kind,
    title: free(titles, title, " "),
    settings,
    ...(parent ? { parent } : {}),
  };
  return { edit: "add_node", node, position };
}

function freshOf(document: FlowDocument, pick: Picked): { title: string; settings: Settings } {
  if (pick.kind === "agent") return { title: pick.agent.title, settings: { agent: pick.agent.agent, inputs: {} } };
  const title = kindLooks[pick.kind].name;
  return { title, settings: pick.kind === "output" ? { name: freeName(document) } : FRESH[pick.kind] };
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
