"use client";

import { useReactFlow, useStoreApi } from "@xyflow/react";
import { lazy, Suspense, useState } from "react";
import { CanvasMenu } from "./commands/canvas-menu";
import type { Command, Tool, Tools } from "./commands/command";
import { usePointer } from "./editing/use-pointer";
import { perform, useShortcuts } from "./use-shortcuts";

const CommandPalette = lazy(() =>
  import("./commands/command-palette").then((file) => ({ default: file.CommandPalette })),
);

/** All that helps to edit and is not seen at first. Loaded once the canvas stands. */
export function EditingTools({ onRun }: { onRun(): void }) {
  const flow = useStoreApi();
  const view = useReactFlow();
  const pointer = usePointer();
  const [open, setOpen] = useState<Tool | null>(null);
  const close = () => setOpen(null);
  const tools: Tools = {
    run: onRun,
    open: setOpen,
    view,
    pointer,
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
      {open === "commands" && (
        <Suspense fallback={null}>
          <CommandPalette onPick={pick} onClose={close} />
        </Suspense>
      )}
    </>
  );
}
