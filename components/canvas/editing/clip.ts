import type { NodeId } from "@/flows/basics/ids";
import { err, ok, type Result } from "@/flows/basics/result";
import type { FlowEdit } from "@/flows/graph/edit";
import type { FlowDocument, FlowNode, Position } from "@/flows/graph/graph";
import { withAllInside } from "@/flows/graph/inside";
import { LARGEST } from "@/flows/graph/limits";
import { readDocument } from "@/flows/graph/read-document";
import { writeDocument } from "@/flows/graph/write-document";
import { absolutePlaces } from "./boxes";

/** What was copied is a small flow of its own: it has the format of a `*.flow.json` and is read with the same distrust. */
export type Clip = FlowDocument;

/** `detail` says where a text that looks like a flow is wrong. */
export type ClipError =
  | { code: "clip_unreadable"; detail: string }
  | { code: "clip_empty" }
  | { code: "clip_too_large"; most: number }
  | { code: "clip_second_input" };

/** The nodes with all that is drawn inside them, the wires among them, and the flows that they pin. */
export function clipOf(document: FlowDocument, chosen: readonly NodeId[]): Clip {
  const kept = withAllInside(document.nodes, chosen);
  const places = absolutePlaces(document);
  const layout = document.layout as Readonly<Record<string, Position>>;
  const nodes = document.nodes.filter(({ id }) => kept.has(id)).map((node) => freed(node, kept));
  const flows = pinnedBy(nodes, document.flows);
  return {
    version: document.version,
    nodes,
    wires: document.wires.filter(({ from, to }) => kept.has(from.node) && kept.has(to.node)),
    layout: Object.fromEntries(
      nodes.map(({ id, parent }) => [id, (parent ? layout[id] : places.get(id)) ?? { x: 0, y: 0 }]),
    ),
    ...(flows ? { flows } : {}),
  };
}

export const writeClip = (clip: Clip): string => writeDocument(clip);

/** Reads what somebody put on the clipboard. Errors: what keeps it from being pasted. */
export function readClip(text: string): Result<Clip, ClipError> {
  const read = readDocument(text);
  if (!read.ok) return err({ code: "clip_unreadable", detail: read.error[0]?.message ?? "" });
  return read.value.document.nodes.length === 0 ? err({ code: "clip_empty" }) : ok(read.value.document);
}

export type PasteHow = {
  /** The container that what lay loose in the clip is drawn in. */
  parent: NodeId | null;
  /** Where a loose node of the clip comes to lie, counted from that container. */
  place(was: Position): Position;
};

export type Pasted = { edits: readonly FlowEdit[]; nodes: readonly NodeId[]; inputLeftOut: boolean };

/** The edits that put a clip into a document, under ids and titles of its own. A flow has one input: a second is left out. */
export function pasteEdits(document: FlowDocument, clip: Clip, { parent, place }: PasteHow): Result<Pasted, ClipError> {
  const hasInput = document.nodes.some(({ kind }) => kind === "input");
  const coming = parentsFirst(clip.nodes).filter(({ kind }) => !(hasInput && kind === "input"));
  if (coming.length === 0) return err({ code: "clip_second_input" });
  if (document.nodes.length + coming.length > LARGEST.nodes)
    return err({ code: "clip_too_large", most: LARGEST.nodes });
  const name = freshNames(document);
  const ids = new Map<string, NodeId>();
  const layout = clip.layout as Readonly<Record<string, Position>>;
  const loose: NodeId[] = [];
  const adding = coming.map((node): FlowEdit => {
    const id = name.id(node.kind);
    ids.set(node.id, id);
    const inside = node.parent === undefined ? undefined : ids.get(node.parent);
    if (!inside) loose.push(id);
    const at = layout[node.id] ?? { x: 0, y: 0 };
    const { parent: _was, ...rest } = node;
    const within = inside ?? parent;
    return {
      edit: "add_node",
      node: { ...rest, id, ...name.own(node), ...(within ? { parent: within } : {}) },
      position: inside ? at : place(at),
    };
  });
  const wiring = clip.wires.flatMap(({ from, to }): FlowEdit[] => {
    const [start, end] = [ids.get(from.node), ids.get(to.node)];
    return start && end
      ? [{ edit: "add_wire", wire: { from: { ...from, node: start }, to: { ...to, node: end } } }]
      : [];
  });
  const pinning = Object.entries(pinnedBy(coming, clip.flows) ?? {}).flatMap(([digest, pinned]): FlowEdit[] => {
    const flow = digest as keyof NonNullable<FlowDocument["flows"]>;
    return Object.hasOwn(document.flows ?? {}, flow) ? [] : [{ edit: "pin_flow", flow, pinned }];
  });
  return ok({
    edits: [...pinning, ...adding, ...wiring],
    nodes: loose,
    inputLeftOut: coming.length < clip.nodes.length,
  });
}

function freed(node: FlowNode, kept: ReadonlySet<string>): FlowNode {
  if (node.parent === undefined || kept.has(node.parent)) return node;
  const { parent: _outside, ...free } = node;
  return free;
}

/** The pinned flows that nodes stand for, and those that these pin themselves. */
function pinnedBy(nodes: readonly FlowNode[], flows: FlowDocument["flows"]): FlowDocument["flows"] {
  if (!flows) return undefined;
  const wanted = new Set<string>();
  const look = (among: readonly FlowNode[]) => {
    for (const { settings } of among) if (typeof settings.flow === "string") wanted.add(settings.flow);
  };
  look(nodes);
  const known = flows as Readonly<Record<string, NonNullable<FlowDocument["flows"]>[keyof typeof flows]>>;
  // A set hands out what is added while it is walked.
  for (const digest of wanted) if (Object.hasOwn(known, digest)) look(known[digest]?.nodes ?? []);
  const found = Object.entries(flows).filter(([digest]) => wanted.has(digest));
  return found.length > 0 ? Object.fromEntries(found) : undefined;
}

/** The document's schema has made sure that nobody lies inside themselves. */
function parentsFirst(nodes: readonly FlowNode[]): readonly FlowNode[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const ordered = new Set<FlowNode>();
  const put = (node: FlowNode) => {
    const around = node.parent === undefined ? undefined : byId.get(node.parent);
    if (around && !ordered.has(around)) put(around);
    ordered.add(node);
  };
  for (const node of nodes) put(node);
  return [...ordered];
}

/** Ids, titles and names of results that are not taken yet; each is taken once it was given out. */
function freshNames({ nodes }: FlowDocument) {
  const ids = new Set<string>(nodes.map(({ id }) => id));
  const titles = new Set(nodes.map(({ title }) => title));
  const results = new Set(nodes.filter(({ kind }) => kind === "output").map(({ settings }) => String(settings.name)));
  return {
    id: (kind: string) => free(ids, /^[\w-]{1,40}$/.test(kind) ? kind : "node", "-") as NodeId,
    own({ kind, title, settings }: FlowNode): Pick<FlowNode, "title" | "settings"> {
      const named = kind === "output" && typeof settings.name === "string";
      return {
        title: free(titles, title, " "),
        settings: named ? { ...settings, name: free(results, String(settings.name), " ") } : settings,
      };
    },
  };
}

const LONGEST = 76; // of 80 for a title: the rest is for the count

function free(taken: Set<string>, wanted: string, between: string): string {
  const stem = wanted.replace(/ \d{1,6}$/, (count) => (between === " " && taken.has(wanted) ? "" : count));
  let name = wanted;
  for (let count = 2; taken.has(name); count++) name = `${stem.slice(0, LONGEST - 4)}${between}${count}`;
  taken.add(name);
  return name;
}
