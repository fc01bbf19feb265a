import type { ReactFlowInstance } from "@xyflow/react";
import type { NodeId } from "@/flows/basics/ids";
import type { Position } from "@/flows/graph/graph";
import type { Studio } from "../../store/studio-store";
import type { Chord } from "./chord";

/** What opens over the canvas. */
export type Tool = "commands" | "find" | "insert" | "connect";

/** What commands act with, beside the store. */
export type Tools = {
  run(): void;
  /** Goes to another page. */
  go(path: string): void;
  open(tool: Tool): void;
  view: Pick<ReactFlowInstance, "fitView" | "zoomTo" | "zoomIn" | "zoomOut">;
  /** Where the pointer is on the canvas; null when it is somewhere else. */
  pointer(): Position | null;
  /** Puts the focus on the first port of a node. */
  toPorts(node: NodeId): void;
  /** The middle of what is seen. */
  middle(): Position;
};

export type CommandGroup = "Edit" | "Connect" | "Arrange" | "View" | "Run";
export type MenuPlace = "node" | "selection" | "wire" | "canvas";

/** One thing that can be done in the studio. Shortcuts, the command palette and the menus are made from these. */
export type Command = {
  id: string;
  title: string;
  group: CommandGroup;
  keys?: readonly Chord[];
  /** The browser turns the keys into an event of its own, such as `copy`; that is listened to instead. */
  native?: true;
  /** Works while somebody types into a field, too. */
  whileTyping?: true;
  menus?: readonly MenuPlace[];
  /** Why it cannot be done now, or null. */
  blocked?(studio: Studio): string | null;
  /** What exactly it would do now, where the title does not say it. */
  about?(studio: Studio): string | undefined;
  act(tools: Tools): void;
};
