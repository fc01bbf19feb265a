"use client";

import { ViewportPortal } from "@xyflow/react";
import { wireKey } from "@/flows/graph/wire-key";
import { useGoing } from "./wire-state";

/** The lines that something dragged stands level with, and the wire that it would be put into. */
export function Guides() {
  const guides = useGoing((going) => going.guides);
  const under = useGoing((going) => going.under);
  const path = under ? (wirePath(wireKey(under)) ?? "") : "";
  if (guides.length === 0 && !under) return null;
  return (
    <ViewportPortal>
      <svg aria-hidden="true" className="flow-guides">
        {guides.map(({ axis, at, from, to }) => (
          <path key={axis} d={axis === "x" ? `M${at} ${from}V${to}` : `M${from} ${at}H${to}`} />
        ))}
        {path && <path className="flow-under" d={path} />}
      </svg>
    </ViewportPortal>
  );
}

/** The path of a wire as it is drawn; it has been drawn, since something lies over it. */
function wirePath(key: string): string | null {
  const edge = document.querySelector(`.react-flow__edge[data-id="${CSS.escape(key)}"] .react-flow__edge-path`);
  return edge?.getAttribute("d") ?? null;
}
