import type { NodeId } from "@/flows/basics/ids";
import { wireKey } from "@/flows/graph/wire-key";
import { addPicked } from "../../nodes/new-node";
import { PALETTE_SEARCH } from "../../panels/studio/picking";
import { removeSelected, removeWithoutHealing } from "../../panels/studio/remove-selected";
import { onlyNode } from "../../store/selection-slice";
import { type Studio, useStudio } from "../../store/studio-store";
import { copySelected, cutSelected, duplicateSelected, pasteFromClipboard } from "./clipboard";
import type { Command } from "./command";

export const needsNode = ({ selection }: Studio) => (selection.nodes.length > 0 ? null : "Select a node first.");
const needsAny = ({ selection }: Studio) =>
  selection.nodes.length + selection.wires.length > 0 ? null : "Select a node or a wire first.";
const needsDrawing = ({ document }: Studio) => (document.nodes.length > 0 ? null : "Nothing is drawn yet.");

const NODES = ["node", "selection"] as const;

export const editCommands: readonly Command[] = [
  {
    id: "undo",
    title: "Undo",
    group: "Edit",
    keys: ["Mod+Z"],
    blocked: ({ past }) => (past.length > 0 ? null : "Nothing to undo."),
    about: ({ past }) => past.at(-1)?.name,
    act: () => useStudio.getState().undo(),
  },
  {
    id: "redo",
    title: "Redo",
    group: "Edit",
    keys: ["Mod+Shift+Z", "Mod+Y"],
    blocked: ({ future }) => (future.length > 0 ? null : "Nothing to redo."),
    about: ({ future }) => future[0]?.name,
    act: () => useStudio.getState().redo(),
  },
  {
    id: "cut",
    title: "Cut",
    group: "Edit",
    keys: ["Mod+X"],
    native: true,
    menus: NODES,
    blocked: needsNode,
    act: () => void cutSelected(),
  },
  {
    id: "copy",
    title: "Copy",
    group: "Edit",
    keys: ["Mod+C"],
    native: true,
    menus: NODES,
    blocked: needsNode,
    act: () => void copySelected(),
  },
  {
    id: "paste",
    title: "Paste",
    group: "Edit",
    keys: ["Mod+V"],
    native: true,
    menus: ["canvas"],
    act: (tools) => void pasteFromClipboard(tools),
  },
  {
    id: "duplicate",
    title: "Duplicate",
    group: "Edit",
    keys: ["Mod+D"],
    menus: NODES,
    blocked: needsNode,
    act: duplicateSelected,
  },
  {
    id: "delete",
    title: "Delete",
    group: "Edit",
    keys: ["Delete", "Backspace"],
    menus: [...NODES, "wire"],
    blocked: needsAny,
    act: removeSelected,
  },
  {
    id: "delete-leaving-gap",
    title: "Delete and leave the gap",
    group: "Edit",
    keys: ["Shift+Delete", "Shift+Backspace"],
    menus: NODES,
    blocked: needsNode,
    act: removeWithoutHealing,
  },
  {
    id: "rename",
    title: "Rename",
    group: "Edit",
    keys: ["F2"],
    menus: ["node"],
    blocked: ({ selection }) => (onlyNode(selection) ? null : "Select one node first."),
    act: rename,
  },
  {
    id: "select-all",
    title: "Select everything",
    group: "Edit",
    keys: ["Mod+A"],
    menus: ["canvas"],
    blocked: needsDrawing,
    act: selectAll,
  },
  {
    id: "select-nothing",
    title: "Select nothing",
    group: "Edit",
    keys: ["Escape"],
    act: () => useStudio.getState().select({}),
  },
  { id: "add", title: "Add a node", group: "Edit", keys: ["/"], menus: ["canvas"], act: searchPalette },
  { id: "add-note", title: "Add a note", group: "Edit", keys: ["N"], menus: ["canvas"], act: addNote },
  {
    id: "find",
    title: "Find and replace",
    group: "Edit",
    keys: ["Mod+F"],
    blocked: needsDrawing,
    act: ({ open }) => open("find"),
  },
];

function selectAll() {
  const { document, select } = useStudio.getState();
  select({ nodes: document.nodes.map(({ id }) => id), wires: document.wires.map(wireKey) });
}

/** At once where it stands: what is typed right behind the key belongs to the search, and not to the canvas. */
function searchPalette() {
  const search = document.getElementById(PALETTE_SEARCH);
  search?.focus();
  if (search && document.activeElement === search) return;
  useStudio.getState().setPanels({ palette: true });
  requestAnimationFrame(() => document.getElementById(PALETTE_SEARCH)?.focus());
}

/** The title is a field of the inspector, which may still have to be loaded. */
function rename() {
  useStudio.getState().setPanels({ inspector: true });
  focusWhenThere("aside[aria-label=Inspector] input", 60);
}

function focusWhenThere(selector: string, frames: number) {
  const field = document.querySelector<HTMLInputElement>(selector);
  if (field) field.select();
  else if (frames > 0) requestAnimationFrame(() => focusWhenThere(selector, frames - 1));
}

function addNote({ pointer, middle }: Parameters<Command["act"]>[0]) {
  const { document, edit, select } = useStudio.getState();
  const { x, y } = pointer() ?? middle();
  const position = { x: Math.round(x), y: Math.round(y) };
  const adding = addPicked(document, { kind: "note" }, { position, parent: null });
  edit(adding);
  select({ nodes: [adding.node.id satisfies NodeId] });
}
