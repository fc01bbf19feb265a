"use client";

import { useReactFlow } from "@xyflow/react";
import { lazy, Suspense, useState } from "react";
import { Button } from "@/components/ui/button";
import { ErrorNotice } from "@/components/ui/error-notice";
import type { NodeId } from "@/flows/basics/ids";
import { Dock } from "../panels/studio/dock";
import { ElsewhereDialog } from "../panels/studio/elsewhere-dialog";
import { Inspector } from "../panels/studio/inspector";
import { Palette } from "../panels/studio/palette";
import { useAgents } from "../panels/studio/use-agents";
import { useStudio } from "../store/studio-store";
import { EmptyCanvas } from "./empty-canvas";
import { FlowCanvas } from "./flow-canvas";
import { NeedsYou } from "./needs-you";
import { CanvasSkeleton } from "./studio-skeleton";
import { usePlacing } from "./use-placing";
import { useShortcuts } from "./use-shortcuts";

const NodeList = lazy(() => import("../panels/studio/node-list").then((file) => ({ default: file.NodeList })));

type StudioBodyProps = { narrow: boolean; compilerBroken: boolean; onRun(): void };

/** Everything under the bar: on a desk the canvas between its panels, on a phone the list. */
export function StudioBody({ narrow, compilerBroken, onRun }: StudioBodyProps) {
  const elsewhere = useStudio((studio) => studio.elsewhere);
  const [put, setPut] = useState<typeof elsewhere>(null);
  return (
    <>
      {compilerBroken && (
        <div className="border-b p-3">
          <ErrorNotice
            what="The compiler could not be loaded, so problems and the worst case are not known."
            safe="The flow can be edited and is saved."
            next="Load the page again."
            code="compiler_not_loaded"
          />
        </div>
      )}
      {elsewhere && elsewhere === put && (
        <p role="alert" className="flex items-center justify-between gap-3 border-b bg-warn-soft px-4 py-1 text-warn">
          This flow was saved somewhere else. Your edits are kept in this browser only until you choose.
          <Button onClick={() => setPut(null)}>Choose</Button>
        </p>
      )}
      {narrow ? (
        <Suspense fallback={<CanvasSkeleton />}>
          <NodeList />
        </Suspense>
      ) : (
        <Desk broken={compilerBroken} onRun={onRun} />
      )}
      <ElsewhereDialog open={elsewhere !== null && elsewhere !== put} onClose={() => setPut(elsewhere)} />
    </>
  );
}

function Desk({ broken, onRun }: { broken: boolean; onRun(): void }) {
  const { agents = [], byId } = useAgents();
  const { place, onDrop, onDragOver } = usePlacing(byId);
  const { fitView } = useReactFlow();
  // Ports come with the compiler's first answer; drawn before it, every node would change its shape a moment later.
  const ready = useStudio((studio) => studio.compiledFrom !== null) || broken;
  const empty = useStudio((studio) => studio.document.nodes.length === 0);
  useShortcuts({ onRun });

  function show(nodes: readonly NodeId[]) {
    const { select, setPanels } = useStudio.getState();
    select({ nodes });
    setPanels({ inspector: true });
    if (nodes.length > 0)
      void fitView({ nodes: nodes.map((id) => ({ id })), padding: 0.4, maxZoom: 1, duration: calmMs() });
  }

  return (
    <>
      <div className="flex min-h-0 flex-1">
        <Palette onPick={place} />
        <div className="relative flex min-w-0 flex-1 flex-col">
          {ready ? <FlowCanvas agents={byId} onDrop={onDrop} onDragOver={onDragOver} /> : <CanvasSkeleton />}
          {ready && empty && <EmptyCanvas agents={agents} />}
          <NeedsYou />
        </div>
        <Inspector />
      </div>
      <Dock onShow={show} />
    </>
  );
}

function calmMs(): number {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 180;
}
