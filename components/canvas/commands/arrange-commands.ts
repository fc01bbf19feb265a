import { toast } from "@/components/ui/toast";
import type { NodeId } from "@/flows/basics/ids";
import { holdsNodes } from "../../nodes/kind-looks";
import { type Studio, useStudio } from "../../store/studio-store";
import {
  type Axis,
  alignEdit,
  distributeEdit,
  type Edge,
  groupEdits,
  outermost,
  ungroupEdits,
} from "../editing/arrange";
import { FIT } from "../fit";
import type { Command } from "./command";
import { needsNode } from "./edit-commands";
import { tidyUp } from "./tidy-up";

const atLeast = (count: number) => (studio: Studio) =>
  outermost(studio.document, studio.selection.nodes).length >= count ? null : `Select ${count} nodes first.`;
const counted = ({ selection }: Studio) =>
  selection.nodes.length === 1 ? "1 node" : `${selection.nodes.length} nodes`;

export type Arranging = `align-${Edge}` | `distribute-${Axis}`;
type ArrangeCommand = Command & { id: Arranging; blocked(studio: Studio): string | null; act(): void };

function align(edge: Edge, key: string): ArrangeCommand {
  return {
    id: `align-${edge}`,
    title: `Align ${edge}`,
    group: "Arrange",
    keys: [`Alt+Shift+${key}`],
    menus: ["selection"],
    blocked: atLeast(2),
    act() {
      const studio = useStudio.getState();
      studio.edit(alignEdit(studio, studio.selection.nodes, edge), { name: `Align ${counted(studio)} ${edge}` });
    },
  };
}

function distribute(axis: Axis, key: string): ArrangeCommand {
  return {
    id: `distribute-${axis}`,
    title: `Distribute ${axis}`,
    group: "Arrange",
    keys: [`Alt+Shift+${key}`],
    menus: ["selection"],
    blocked: atLeast(3),
    act() {
      const studio = useStudio.getState();
      studio.edit(distributeEdit(studio, studio.selection.nodes, axis), {
        name: `Distribute ${counted(studio)} ${axis}`,
      });
    },
  };
}

/** What puts several nodes in order; the inspector of a selection has a button for each. */
export const arranging: readonly ArrangeCommand[] = [
  align("left", "L"),
  align("centre", "C"),
  align("right", "R"),
  align("top", "T"),
  align("middle", "M"),
  align("bottom", "B"),
  distribute("horizontally", "H"),
  distribute("vertically", "V"),
];

export const arrangeCommands: readonly Command[] = [
  {
    id: "group",
    title: "Group",
    group: "Arrange",
    keys: ["Mod+G"],
    menus: ["node", "selection"],
    blocked: needsNode,
    act: group,
  },
  {
    id: "ungroup",
    title: "Ungroup",
    group: "Arrange",
    keys: ["Mod+Shift+G"],
    menus: ["node", "selection"],
    blocked: ({ document, selection }) =>
      document.nodes.some(({ id, kind }) => kind === "group" && selection.nodes.includes(id))
        ? null
        : "Select a group first.",
    act: ungroup,
  },
  {
    id: "fold",
    title: "Collapse or expand",
    group: "Arrange",
    keys: ["E"],
    menus: ["node"],
    blocked: ({ document, selection }) =>
      framesAmong(document, selection.nodes).length > 0 ? null : "Select a container first.",
    act: fold,
  },
  {
    id: "tidy",
    title: "Tidy up",
    group: "Arrange",
    keys: ["Shift+T"],
    menus: ["canvas", "selection"],
    blocked: ({ document }) => (document.nodes.length > 1 ? null : "There is nothing to tidy up."),
    act: ({ view }) => void tidyUp(() => void view.fitView(FIT)),
  },
  ...arranging,
];

function group() {
  const studio = useStudio.getState();
  const { document, selection, edit, select } = studio;
  const title = freeOf(new Set(document.nodes.map((node) => node.title)), "Group", " ");
  const id = freeOf(new Set<string>(document.nodes.map((node) => node.id)), "group", "-") as NodeId;
  const edits = groupEdits(studio, selection.nodes, { id, title });
  if (edits) {
    edit(edits, { name: `Group ${counted(studio)}` });
    return select({ nodes: [id] });
  }
  const text = "They lie in different containers. Select nodes that lie in the same one.";
  toast({ title: "Not grouped", text, status: "denied" });
}

const framesAmong = ({ nodes }: Studio["document"], chosen: readonly NodeId[]) =>
  nodes.filter(({ id, kind }) => holdsNodes(kind) && chosen.includes(id)).map(({ id }) => id);

/** Expands all of them if all are collapsed, else collapses them. */
function fold() {
  const studio = useStudio.getState();
  const frames = framesAmong(studio.document, studio.selection.nodes);
  studio.fold(frames, !frames.every((id) => studio.folded.has(id)));
}

function ungroup() {
  const studio = useStudio.getState();
  const { document, selection, edit, select } = studio;
  const groups = new Set<string>(selection.nodes);
  const inside = document.nodes.filter(({ parent }) => parent && groups.has(parent)).map(({ id }) => id);
  const [only, ...others] = document.nodes.filter(({ id, kind }) => kind === "group" && groups.has(id));
  edit(ungroupEdits(studio, selection.nodes), {
    name: `Ungroup ${others.length === 0 ? only?.title : `${others.length + 1} groups`}`,
  });
  select({ nodes: inside });
}

function freeOf(taken: ReadonlySet<string>, wanted: string, between: string): string {
  let name = wanted;
  for (let count = 2; taken.has(name); count++) name = `${wanted}${between}${count}`;
  return name;
}
