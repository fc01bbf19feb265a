import { create } from "zustand";
import type { Position, Wire } from "@/flows/graph/graph";
import type { PortEnd } from "../../store/judge-ports";
import type { Guide } from "./snap";

/** What goes on on the canvas at the moment and is no part of the flow. */
type Going = {
  /** Where the wire comes from that is on its way, and the wire that it takes the place of. */
  from: PortEnd | null;
  instead: Wire | null;
  /** A wire that was let go over nothing, at a place of the screen. */
  dropped: { from: PortEnd; at: Position } | null;
  guides: readonly Guide[];
  /** The wire that a node would be put into if it were let go now. */
  under: Wire | null;
};

export const useGoing = create<Going>()(() => ({ from: null, instead: null, dropped: null, guides: [], under: null }));
