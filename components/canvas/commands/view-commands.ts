import { type Studio, useStudio } from "../../store/studio-store";
import { FIT } from "../fit";
import type { Command } from "./command";
import { needsNode } from "./edit-commands";

const panel = (name: "palette" | "inspector" | "dock", title: string): Command => ({
  id: `panel-${name}`,
  title: `Show or hide ${title}`,
  group: "View",
  act() {
    const { panels, setPanels } = useStudio.getState();
    setPanels({ [name]: !panels[name] });
  },
});

export const viewCommands: readonly Command[] = [
  {
    id: "fit",
    title: "Zoom to fit",
    group: "View",
    keys: ["F"],
    menus: ["canvas"],
    act: ({ view }) => void view.fitView(FIT),
  },
  {
    id: "zoom-to-selection",
    title: "Zoom to selection",
    group: "View",
    keys: ["Shift+F"],
    menus: ["node", "selection"],
    blocked: needsNode,
    act({ view }) {
      const nodes = useStudio.getState().selection.nodes.map((id) => ({ id }));
      void view.fitView({ ...FIT, nodes, padding: 0.3, maxZoom: 2 });
    },
  },
  { id: "zoom-100", title: "Zoom to 100 %", group: "View", keys: ["0"], act: ({ view }) => void view.zoomTo(1) },
  { id: "zoom-in", title: "Zoom in", group: "View", keys: ["+", "="], act: ({ view }) => void view.zoomIn() },
  { id: "zoom-out", title: "Zoom out", group: "View", keys: ["-"], act: ({ view }) => void view.zoomOut() },
  {
    id: "boxing",
    title: "Select by dragging",
    group: "View",
    keys: ["B"],
    about: ({ boxing }) => (boxing ? "on" : "off: a drag moves the canvas"),
    act() {
      const { boxing, setBoxing } = useStudio.getState();
      setBoxing(!boxing);
    },
  },
  panel("palette", "the palette"),
  panel("inspector", "the inspector"),
  panel("dock", "the dock"),
  {
    id: "commands",
    title: "Show all commands",
    group: "View",
    keys: ["Mod+K"],
    whileTyping: true,
    act: ({ open }) => open("commands"),
  },
];

export const runCommands: readonly Command[] = [
  { id: "run", title: "Run", group: "Run", keys: ["Mod+Enter"], whileTyping: true, act: ({ run }) => run() },
  {
    id: "answer",
    title: "Answer what waits",
    group: "Run",
    keys: ["A"],
    blocked: (studio) => (waiting(studio) ? null : "Nothing on the canvas waits for an answer."),
    about: (studio) => waiting(studio)?.title,
    act({ go }) {
      const asks = waiting(useStudio.getState());
      if (asks) go(`/approvals/${encodeURIComponent(asks.question)}`);
    },
  },
  {
    id: "save",
    title: "Save now",
    group: "Run",
    keys: ["Mod+S"],
    whileTyping: true,
    act: () => void useStudio.getState().flush(),
  },
  {
    id: "problems",
    title: "Show problems",
    group: "Run",
    act: () => useStudio.getState().setPanels({ dock: true, tab: "problems" }),
  },
];

/** The first node whose question is open, in the order in which they are drawn. */
function waiting({ document, nodeRuns }: Studio): { title: string; question: string } | null {
  for (const { id, title } of document.nodes) {
    const question = nodeRuns[id]?.question;
    if (question) return { title, question };
  }
  return null;
}
