import { createContext, useContext } from "react";

/** How much can be read: all of it, only a large title, or not even that. */
export type Detail = "near" | "middle" | "far";

/** Told once for all nodes and wires: they are drawn anew when the zoom passes a threshold, not while it moves. */
export const DetailContext = createContext<Detail>("near");
export const useDetail = (): Detail => useContext(DetailContext);

export function detailAt(zoom: number): Detail {
  if (zoom >= 0.6) return "near";
  return zoom >= 0.25 ? "middle" : "far";
}
