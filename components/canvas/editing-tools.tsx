"use client";

import { useReactFlow, useStoreApi } from "@xyflow/react";
import { lazy, Suspense, useState } from "react";
import { CanvasMenu } from "./commands/canvas-menu";
import type { Command, Tool, Tools } from "./commands/command";
import { ConnectionHint } from "./editing/connection-hint";
import { DropList } from "./editing/drop-list";
import { Guides } from "./editing/guides";
import { useAids } from "./editing/use-aids";
import { usePointer } from "./editing/use-pointer";
import { WireButtons } from "./editing/wire-buttons";
import { perform, useShortcuts } from "./use-shortcuts";

const CommandPalette = lazy(() =>
  import("./commands/command-palette").then((file) => ({ default: file.CommandPalette })),
);
const ConnectList = lazy(() => import("./editing/connect-list").then((file) => ({ default: file.ConnectList })));
const FindBar = lazy(() => import("./editing/find-bar").then((file) => ({ default: file.FindBar })));
const InsertList = lazy(() => import("./editing/insert-list").then((file) => ({ default: file.InsertList })));

/** All that helps to edit and is not seen at first. Loaded once the canvas stands. */
export function EditingTools({ onRun }: { onRun(): void }) {
  const flow = useStoreApi();
  const view = useReactFlow();
  const pointer = usePointer();
  const toPorts = useAids();
  const [open, setOpen] = useState<Tool | null>(null);
  const close = () => setOpen(null);
  const tools: Tools = {
    run: onRun,
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

  function pick(command: Command, at?: { x: number; y: number }) {
    perform(command, at ? { ...tools, pointer: () => view.screenToFlowPosition(at) } : tools);
  }

  return (
    <>
      <CanvasMenu onPick={pick} />
      <Guides />
      <ConnectionHint />
      <DropList />
      <WireButtons onInsert={() => setOpen("insert")} />
      <Suspense fallback={null}>
        {open === "commands" && <CommandPalette onPick={pick} onClose={close} />}
        {open === "connect" && <ConnectList onClose={close} />}
        {open === "find" && <FindBar onClose={close} />}
        {open === "insert" && <InsertList onClose={close} />}
      </Suspense>
    </>
  );
}
