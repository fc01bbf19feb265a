import { onlyNode } from "../../store/selection-slice";
import { type Studio, useStudio } from "../../store/studio-store";
import type { Command } from "./command";

const oneNode = ({ selection }: Studio) => (onlyNode(selection) ? null : "Select one node first.");
const oneWire = ({ selection }: Studio) =>
  selection.wires.length === 1 && selection.nodes.length === 0 ? null : "Select one wire first.";

export const connectCommands: readonly Command[] = [
  {
    id: "connect",
    title: "Connect",
    group: "Connect",
    keys: ["C"],
    menus: ["node"],
    blocked: oneNode,
    act: ({ open }) => open("connect"),
  },
  {
    id: "walk-ports",
    title: "Go to the ports",
    group: "Connect",
    keys: ["P"],
    menus: ["node"],
    blocked: oneNode,
    act({ toPorts }) {
      const node = onlyNode(useStudio.getState().selection);
      if (node) toPorts(node);
    },
  },
  {
    id: "insert",
    title: "Insert here",
    group: "Connect",
    keys: ["I"],
    menus: ["wire"],
    blocked: oneWire,
    act: ({ open }) => open("insert"),
  },
];
