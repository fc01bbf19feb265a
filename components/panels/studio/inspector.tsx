"use client";

import { Trash2 } from "lucide-react";
import { type ComponentType, Suspense } from "react";
import { lookOf } from "@/components/nodes/kind-looks";
import { onlyNode } from "@/components/store/selection-slice";
import { useStudio } from "@/components/store/studio-store";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { loadedLater } from "@/components/ui/loaded-later";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { FlowInspector } from "./flow-inspector";
import { removeSelected } from "./remove-selected";
import { SidePanel } from "./side-panel";

/** The forms are loaded with the first selection: nobody needs them before. */
const NodeInspector = loadedLater(() => import("./node-inspector").then((file) => file.NodeInspector));

const FlowTriggers = loadedLater(() => import("../triggers/flow-triggers").then((file) => file.FlowTriggers));

/** What is selected, else the flow. `arrange` are the buttons for several nodes, which belong to the canvas. */
export function Inspector({ arrange: Arrange }: { arrange: ComponentType }) {
  const only = useStudio((studio) => onlyNode(studio.selection));
  const node = useStudio((studio) => studio.document.nodes.find(({ id }) => id === only));
  const count = useStudio(({ selection }) => selection.nodes.length + selection.wires.length);
  const nodes = useStudio(({ selection }) => selection.nodes.length);
  if (node)
    return (
      <SidePanel
        name="inspector"
        title={lookOf(node.kind).name}
        actions={<IconButton label={`Delete ${node.title}`} icon={<Trash2 />} onClick={removeSelected} />}
      >
        <Suspense fallback={<FormSkeleton />}>
          <NodeInspector key={node.id} node={node} />
        </Suspense>
      </SidePanel>
    );
  if (count > 0)
    return (
      <SidePanel name="inspector" title={`${count} selected`}>
        <div className="flex flex-col gap-3 p-4">
          {nodes > 1 && (
            <Suspense fallback={null}>
              <Arrange />
            </Suspense>
          )}
          <p className="text-muted">Move them with Shift and the arrow keys, or delete them.</p>
          <Button icon={<Trash2 aria-hidden />} onClick={removeSelected}>
            Delete selection
          </Button>
        </div>
      </SidePanel>
    );
  return (
    <SidePanel name="inspector" title="Flow">
      <FlowInspector />
      <Suspense fallback={null}>
        <FlowTriggers />
      </Suspense>
    </SidePanel>
  );
}

function FormSkeleton() {
  return (
    <Loading label="Loading the settings">
      <div className="flex flex-col gap-4 p-4">
        <Skeleton className="h-3 w-12" />
        <Skeleton className="h-control w-full" />
        <Skeleton className="h-3 w-16" />
        <Skeleton className="h-control w-full" />
      </div>
    </Loading>
  );
}
