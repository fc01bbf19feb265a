"use client";

import { ViewportPortal } from "@xyflow/react";
import { useMemo } from "react";
import { portColour } from "@/components/ui/port-glyph";
import { useStudio } from "../store/studio-store";
import { drawFarWires } from "./draw-far-wires";

/** The wires where nobody can point at a single one any more: drawn, not handled. */
export function FarWires() {
  const document = useStudio((studio) => studio.document);
  const ports = useStudio((studio) => studio.ports);
  const folded = useStudio((studio) => studio.folded);
  const paths = useMemo(() => drawFarWires({ document, ports, folded }), [document, ports, folded]);
  return (
    <ViewportPortal>
      <svg aria-hidden="true" className="flow-far-wires">
        {[...paths].map(([type, path]) => (
          <path key={type} d={path} style={{ stroke: portColour(type) }} />
        ))}
      </svg>
    </ViewportPortal>
  );
}
