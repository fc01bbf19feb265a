import type { NodeId } from "@/flows/basics/ids";
import type { FlowEdit } from "@/flows/graph/edit";
import type { Position, Wire } from "@/flows/graph/graph";
import type { PortEnd } from "../../store/judge-ports";

export type Places = Readonly<Record<string, Position>>;

/** What helps while something is dragged. The canvas works without it, and it comes once the canvas stands. */
export type Aids = {
  /** A wire is on its way from here; null when that has ended. `instead` is the wire that it takes the place of. */
  wireFrom(from: PortEnd | null, instead?: Wire): void;
  wireIsFrom(): PortEnd | null;
  /** It was let go over nothing. */
  wireDropped(from: PortEnd, at: Position): void;
  dragBegan(nodes: readonly NodeId[]): void;
  /** Where nodes should be drawn that are dragged to these places. */
  dragged(to: Places): Places;
  /** What else letting go here means, beside that the nodes have moved. */
  dropped(to: Places): { edits: readonly FlowEdit[]; name: string } | null;
};

export const aids: { current: Aids | null } = { current: null };
