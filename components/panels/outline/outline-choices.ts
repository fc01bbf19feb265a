import { absoluteOf } from "@/components/nodes/frames";
import { freshSize, placeAfter, placeFree, placeInside } from "@/components/nodes/free-place";
import { heightOf, WIDTH } from "@/components/nodes/geometry";
import { holdsNodes, kindLooks } from "@/components/nodes/kind-looks";
import { addPicked, type Picked } from "@/components/nodes/new-node";
import { sourcesOf, targetsOf } from "@/components/store/connection-choices";
import { explainEdit, titleOf } from "@/components/store/edit-words";
import { inputsOf, outputsOf } from "@/components/store/judge-connection";
import { type Studio, useStudio } from "@/components/store/studio-store";
import type { NodeId } from "@/flows/basics/ids";
import type { FlowEdit } from "@/flows/graph/edit";
import type { FlowNode, Wire } from "@/flows/graph/graph";
import { wireKey } from "@/flows/graph/wire-key";
import type { KindName } from "@/flows/nodes/catalog";
import type { Manifest } from "@/flows/plan/manifest";
import type { Choice } from "./chooser";

/** A question that is put as a list. `choose` makes the edit and returns what was done, in words. */
export type Question = { title: string; choices: readonly Choice[]; choose(id: string): string };

const GAP = 60;
const FIRST = { parent: null, position: { x: 0, y: 0 } };
const NO_WIRE = "no-wire";
const OUTERMOST = "outermost";

/** What could feed an input, and why the rest cannot. */
export function askSource(node: FlowNode, input: { name: string; title: string }): Question {
  const { document, ports } = useStudio.getState();
  const found = sourcesOf({ document, ports }, { node: node.id, input: input.name });
  const now = document.wires.find(({ to }) => to.node === node.id && to.input === input.name);
  const choices = found.map(({ wire, title, port, why }) => ({
    id: wireKey(wire),
    label: `${title} · ${port.title}`,
    why,
  }));
  const none = { id: NO_WIRE, label: "No wire" };
  return {
    title: `What feeds ${input.title} of ${node.title}`,
    choices: now ? [...choices, none] : choices,
    choose(id) {
      const wire = found.find((each) => wireKey(each.wire) === id)?.wire;
      return rewired(now, wire);
    },
  };
}

/** Where the outputs of a node could lead and what could feed its inputs, and why not the rest. */
export function askConnection(scene: Pick<Studio, "document" | "ports">, id: NodeId): Question | null {
  const { document, ports } = scene;
  const node = document.nodes.find((each) => each.id === id);
  if (!node) return null;
  const given = outputsOf(ports, node.id).flatMap((output) =>
    targetsOf(scene, { node: node.id, output: output.name })
      .filter(({ wire }) => wire.to.node !== node.id)
      .map((choice) => ({ ...choice, about: `from ${output.title}` })),
  );
  const taken = inputsOf(ports, node.id).flatMap((input) => {
    const fed = document.wires.some(({ to }) => to.node === node.id && to.input === input.name);
    return sourcesOf(scene, { node: node.id, input: input.name })
      .filter(({ wire }) => wire.from.node !== node.id)
      .map((choice) => ({ ...choice, about: `into ${input.title}`, why: choice.why ?? whyFed(choice, fed, input) }));
  });
  const found = [...given, ...taken];
  return {
    title: `Connect ${node.title}`,
    choices: found.map(({ wire, title, port, about, why }) => ({
      ...{ id: wireKey(wire), label: `${title} · ${port.title}`, about, why },
    })),
    choose: (id) => rewired(undefined, found.find((each) => wireKey(each.wire) === id)?.wire),
  };
}

function whyFed({ present }: { present: boolean }, fed: boolean, input: { title: string }): string | null {
  if (present) return "These two are connected already.";
  return fed ? `${input.title} has a wire already.` : null;
}

function rewired(before: Wire | undefined, after: Wire | undefined): string {
  const { document, edit } = useStudio.getState();
  const edits: FlowEdit[] = [
    ...(before ? [{ edit: "remove_wires" as const, wires: [before] }] : []),
    ...(after ? [{ edit: "add_wire" as const, wire: after }] : []),
  ];
  const refused = edit(edits);
  if (refused) return explainEdit(document, refused);
  const end = after ?? before;
  const names = end ? `${titleOf(document, end.from.node)} to ${titleOf(document, end.to.node)}` : "";
  return after ? `Connected ${names}.` : `Disconnected ${names}.`;
}

/** What can be added after a node, inside it, or to an empty flow. */
export function askKind(where: { beside: FlowNode | null; inside: boolean }, agents: readonly Manifest[]): Question {
  const kinds = (Object.keys(kindLooks) as KindName[]).filter((kind) => kind !== "agent");
  const { beside, inside } = where;
  const picks = new Map<string, Picked>([
    ...kinds.map((kind) => [`kind-${kind}`, { kind: kind as Exclude<KindName, "agent"> }] as const),
    ...agents.map((agent) => [agent.agent, { kind: "agent" as const, agent }] as const),
  ]);
  const hasInput = useStudio.getState().document.nodes.some(({ kind }) => kind === "input");
  const whyNot = (id: string) => (id === "kind-input" && hasInput ? "A flow has one input: add fields to it." : null);
  const place = beside ? (inside ? ` inside ${beside.title}` : ` after ${beside.title}`) : "";
  return {
    title: `Add a node${place}`,
    choices: [...picks].map(([id, pick]) => ({
      ...{ id, why: whyNot(id) },
      label: pick.kind === "agent" ? pick.agent.title : kindLooks[pick.kind].name,
      about: pick.kind === "agent" ? pick.agent.description : undefined,
    })),
    choose(id) {
      const pick = picks.get(id);
      return pick ? added(pick, where) : "";
    },
  };
}

function added(pick: Picked, { beside, inside }: { beside: FlowNode | null; inside: boolean }): string {
  const studio = useStudio.getState();
  const size = freshSize(pick.kind);
  const near = inside ? placeInside : placeAfter;
  const place = beside ? near(studio, beside.id, size) : placeFree(studio, FIRST, size);
  const adding = addPicked(studio.document, pick, place);
  const refused = studio.edit(adding);
  if (refused) return explainEdit(studio.document, refused);
  studio.select({ nodes: [adding.node.id] });
  return `Added ${adding.node.title}.`;
}

/** The containers that a node could be moved into, and out. */
export function askPlace(node: FlowNode): Question {
  const { document } = useStudio.getState();
  const containers = document.nodes.filter(({ id, kind }) => holdsNodes(kind) && id !== node.id);
  const out = { id: OUTERMOST, label: "Out of every container", why: node.parent ? null : `${node.title} is in none.` };
  return {
    title: `Move ${node.title}`,
    choices: [
      ...containers.map(({ id, title }) => ({
        ...{ id, label: `Into ${title}` },
        why: id === node.parent ? `${node.title} is in it already.` : null,
      })),
      out,
    ],
    choose(id) {
      const parent = id === OUTERMOST ? null : (id as NodeId);
      const { ports, edit } = useStudio.getState();
      const top = parent ? heightOf(ports[parent] ?? { inputs: [], outputs: [] }) : 0;
      const inner = document.nodes.filter((each) => each.parent === parent).length;
      const to = parent ? { x: GAP + inner * (WIDTH + GAP), y: top + GAP } : absoluteOf(document, node.id);
      const refused = edit({ edit: "set_parent", nodes: [node.id], parent, to: { [node.id]: to } });
      if (refused) return explainEdit(document, refused);
      return parent ? `Moved ${node.title} into ${titleOf(document, parent)}.` : `Moved ${node.title} out.`;
    },
  };
}
