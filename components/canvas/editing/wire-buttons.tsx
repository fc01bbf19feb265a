"use client";

import { useInternalNode, useStore, ViewportPortal } from "@xyflow/react";
import { Plus, Trash2 } from "lucide-react";
import { IconButton } from "@/components/ui/icon-button";
import type { Wire } from "@/flows/graph/graph";
import { wireKey } from "@/flows/graph/wire-key";
import { removeSelected } from "../../panels/studio/remove-selected";
import { useStudio } from "../../store/studio-store";

/** What can be done with the only wire that is selected, above its middle. */
export function WireButtons({ onInsert }: { onInsert(): void }) {
  const key = useStudio(({ selection }) =>
    selection.nodes.length === 0 && selection.wires.length === 1 ? selection.wires[0] : undefined,
  );
  const wire = useStudio(({ document }) => document.wires.find((each) => key !== undefined && wireKey(each) === key));
  return wire ? <Buttons wire={wire} onInsert={onInsert} /> : null;
}

function Buttons({ wire, onInsert }: { wire: Wire; onInsert(): void }) {
  const from = useInternalNode(wire.from.node);
  const to = useInternalNode(wire.to.node);
  const zoom = useStore((flow) => flow.transform[2]);
  if (!from || !to) return null;
  const start = handleAt(from, "source", wire.from.output);
  const end = handleAt(to, "target", wire.to.input);
  if (!start || !end) return null;
  return (
    <ViewportPortal>
      <div
        style={{
          position: "absolute",
          zIndex: 6,
          pointerEvents: "all",
          transform: `translate(${(start.x + end.x) / 2}px, ${(start.y + end.y) / 2}px) translate(-50%, -50%) scale(${1 / zoom}) translateY(-36px)`, // above it: its ends can be dragged
        }}
        className="nopan flex rounded-control border border-line-strong bg-raised shadow-float"
      >
        <IconButton label="Insert here" side="top" icon={<Plus />} onClick={onInsert} />
        <IconButton label="Delete the wire" side="top" icon={<Trash2 />} onClick={removeSelected} />
      </div>
    </ViewportPortal>
  );
}

type Internal = NonNullable<ReturnType<typeof useInternalNode>>;

function handleAt({ internals }: Internal, side: "source" | "target", name: string) {
  const handle = internals.handleBounds?.[side]?.find(({ id }) => id === name);
  if (!handle) return null;
  const { x, y } = internals.positionAbsolute;
  return { x: x + handle.x + handle.width / 2, y: y + handle.y + handle.height / 2 };
}
