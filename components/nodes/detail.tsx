import { useStore } from "@xyflow/react";
import { createContext, type ReactNode, useContext } from "react";

/** How much can be read: all of it, only a large title, or not even that. */
export type Detail = "near" | "middle" | "far";

const DetailContext = createContext<Detail>("near");
export const useDetail = (): Detail => useContext(DetailContext);

/** Watches the zoom once for all nodes and wires: they are drawn anew when it passes a threshold, not while it moves. */
export function DetailProvider({ children }: { children: ReactNode }) {
  const detail = useStore((flow) => detailAt(flow.transform[2]));
  return <DetailContext value={detail}>{children}</DetailContext>;
}

export function detailAt(zoom: number): Detail {
  if (zoom >= 0.6) return "near";
  return zoom >= 0.25 ? "middle" : "far";
}
