"use client";

import { useReactFlow } from "@xyflow/react";
import { type ReactNode, Suspense, useEffect } from "react";
import { fetchWhenQuiet, loadedLater } from "@/components/ui/loaded-later";
import type { NodeId } from "@/flows/basics/ids";
import { Dock } from "../panels/studio/dock";
import { SidePanelSkeleton } from "../panels/studio/side-panel-skeleton";
import { useAgents } from "../panels/studio/use-agents";
import { onlyNode } from "../store/selection-slice";
import { useStudio } from "../store/studio-store";
import { useEarlyPresses } from "./early-presses";
import { FlowCanvas } from "./flow-canvas";
import { focusNode } from "./focus-node";
import { CanvasSkeleton } from "./studio-skeleton";
import { usePlacing } from "./use-placing";

const CompilerMissing = loadedLater(() => import("./compiler-missing").then((file) => file.CompilerMissing));
const EmptyCanvas = loadedLater(() => import("./empty-canvas").then((file) => file.EmptyCanvas));
const EditingTools = loadedLater(() => import("./editing-tools").then((file) => file.EditingTools));
const ApartNotice = loadedLater(() => import("../panels/studio/apart-notice").then((file) => file.ApartNotice));
const ArrangeButtons = loadedLater(() => import("./commands/arrange-buttons").then((file) => file.ArrangeButtons));
const Inspector = loadedLater(() => import("../panels/studio/inspector").then((file) => file.Inspector));
const Palette = loadedLater(() => import("../panels/studio/palette").then((file) => file.Palette));
const NeedsYou = loadedLater(() => import("./needs-you").then((file) => file.NeedsYou));
const NodeList = loadedLater(() => import("../panels/studio/node-list").then((file) => file.NodeList));

type StudioBodyProps = {
  narrow: boolean;
  /** The compiler has answered, so that ports and problems are known. */
  ready: boolean;
  /** The canvas can stand: that of many nodes needs no ports at first. */
  drawn: boolean;
  compilerBroken: boolean;
  onRun(): void;
};

/** Everything under the bar: on a desk the canvas between its panels, on a phone the list. */
export function StudioBody({ narrow, ready, drawn, compilerBroken, onRun }: StudioBodyProps) {
  const isApart = useStudio((studio) => studio.apart.length > 0);
  useEffect(() => (ready ? fetchWhenQuiet() : undefined), [ready]);
  return (
    <>
      {compilerBroken && (
        <Suspense fallback={null}>
          <CompilerMissing />
        </Suspense>
      )}
      {isApart && (
        <Suspense fallback={null}>
          <ApartNotice />
        </Suspense>
      )}
      {narrow ? (
        <Suspense fallback={<CanvasSkeleton />}>
          <NodeList />
        </Suspense>
      ) : (
        <Desk {...{ ready, drawn, onRun }} />
      )}
    </>
  );
}

function Desk({ ready, drawn, onRun }: Pick<StudioBodyProps, "ready" | "drawn" | "onRun">) {
  useEarlyPresses();
  const { agents = [], byId } = useAgents();
  const { place, onDrop, onDragOver } = usePlacing(byId);
  const { fitView } = useReactFlow();
  const empty = useStudio((studio) => studio.document.nodes.length === 0);
  const asked = useStudio(({ nodeRuns }) => Object.values(nodeRuns).some(({ question }) => question !== null));

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
        <WhenReady ready={ready} name="palette">
          <Palette
            onPick={place}
            onEnter={(pick) => void place(pick).then((id) => focusNode(id))}
            onLeave={backToCanvas}
          />
        </WhenReady>
        <div className="relative flex min-w-0 flex-1 flex-col">
          {drawn ? <FlowCanvas agents={byId} onDrop={onDrop} onDragOver={onDragOver} /> : <CanvasSkeleton />}
          {ready && (
            <Suspense fallback={null}>
              <EditingTools onRun={onRun} />
            </Suspense>
          )}
          {ready && empty && (
            <Suspense fallback={null}>
              <EmptyCanvas agents={agents} />
            </Suspense>
          )}
          {asked && (
            <Suspense fallback={null}>
              <NeedsYou />
            </Suspense>
          )}
        </div>
        <WhenReady ready={ready} name="inspector">
          <Inspector arrange={ArrangeButtons} />
        </WhenReady>
      </div>
      <Dock onShow={show} />
    </>
  );
}

type WhenReadyProps = { ready: boolean; name: "palette" | "inspector"; children: ReactNode };

/** The canvas comes first; the panels around it are loaded once it stands, in the place that is kept for them. */
function WhenReady({ ready, name, children }: WhenReadyProps) {
  const waiting = <SidePanelSkeleton name={name} />;
  return ready ? <Suspense fallback={waiting}>{children}</Suspense> : waiting;
}

/** To the selected node, else to the first. */
function backToCanvas() {
  const { selection, document } = useStudio.getState();
  const id = onlyNode(selection) ?? document.nodes[0]?.id;
  if (id) focusNode(id);
  else if (window.document.activeElement instanceof HTMLElement) window.document.activeElement.blur();
}

function calmMs(): number {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 180;
}
