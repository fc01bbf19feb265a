"use client";

import { useReactFlow, useStoreApi } from "@xyflow/react";
import { useRouter } from "next/navigation";
import { Suspense, useEffect, useState } from "react";
import { loadedLater } from "@/components/ui/loaded-later";
import { withAllInside } from "@/flows/graph/inside";
import { onlyNode } from "../store/selection-slice";
import { useStudio } from "../store/studio-store";
import { CanvasMenu } from "./commands/canvas-menu";
import type { Command, Tool, Tools } from "./commands/command";
import { repeatEarlyPresses } from "./early-presses";
import { ConnectionHint } from "./editing/connection-hint";
import { DropList } from "./editing/drop-list";
import { Guides } from "./editing/guides";
import { useAids } from "./editing/use-aids";
import { usePointer } from "./editing/use-pointer";
import { WireButtons } from "./editing/wire-buttons";
import { focusNode } from "./focus-node";
import { perform, useShortcuts } from "./use-shortcuts";

const CommandPalette = loadedLater(() => import("./commands/command-palette").then((file) => file.CommandPalette));
const ConnectChooser = loadedLater(() =>
  import("../panels/outline/connect-chooser").then((file) => file.ConnectChooser),
);
const FindBar = loadedLater(() => import("./editing/find-bar").then((file) => file.FindBar));
const InsertList = loadedLater(() => import("./editing/insert-list").then((file) => file.InsertList));

/** A single node that is selected somewhere else, as in a list of problems, is shown even if it lies in something collapsed. */
function useShownSelection() {
  useEffect(
    () =>
      useStudio.subscribe(({ selection, document, folded, fold }, before) => {
        const only = onlyNode(selection);
        if (!only || selection === before.selection || folded.size === 0) return;
        const around = [...folded].filter((id) => id !== only && withAllInside(document.nodes, [id]).has(only));
        if (around.length > 0) fold(around, false);
      }),
    [],
  );
}

/** All that helps to edit and is not seen at first. Loaded once the canvas stands. */
export function EditingTools({ onRun }: { onRun(): void }) {
  const flow = useStoreApi();
  const view = useReactFlow();
  const router = useRouter();
  const pointer = usePointer();
  const toPorts = useAids();
  const [open, setOpen] = useState<Tool | null>(null);
  const [said, setSaid] = useState("");
  const close = () => setOpen(null);
  const tools: Tools = {
    run: onRun,
    go: (path) => router.push(path),
    open: setOpen,
    view,
    pointer,
    toPorts,
    middle() {
      const { x, y, width, height } = flow.getState().domNode?.getBoundingClientRect() ?? new DOMRect();
      return view.screenToFlowPosition({ x: x + width / 2, y: y + height / 2 });
    },
  };
  useShortcuts(tools);
  useEffect(repeatEarlyPresses, []);
  useShownSelection();

  function pick(command: Command, at?: { x: number; y: number }) {
    perform(command, at ? { ...tools, pointer: () => view.screenToFlowPosition(at) } : tools);
  }

  return (
    <>
      <p role="status" aria-label="Last edit" className="sr-only">
        {said}
      </p>
      <CanvasMenu onPick={pick} />
      <Guides />
      <ConnectionHint />
      <DropList />
      <WireButtons onInsert={() => setOpen("insert")} />
      <Suspense fallback={null}>
        {open === "commands" && <CommandPalette onPick={pick} onClose={close} />}
        {open === "connect" && <Connecting onDone={setSaid} onClose={close} />}
        {open === "find" && <FindBar onClose={close} />}
        {open === "insert" && <InsertList onClose={close} />}
      </Suspense>
    </>
  );
}

/** Where the selected node can be connected, and from where; the focus comes back to it. */
function Connecting({ onDone, onClose }: { onDone(words: string): void; onClose(): void }) {
  const [node] = useState(() => onlyNode(useStudio.getState().selection));

  function close() {
    onClose();
    if (node) requestAnimationFrame(() => focusNode(node));
  }

  return node && <ConnectChooser node={node} onDone={onDone} onClose={close} />;
}
