"use client";

import { useStoreApi } from "@xyflow/react";
import { useEffect, useRef, useState } from "react";
import { MenuBody, type MenuItem } from "@/components/ui/dropdown-menu-body";
import { Kbd } from "@/components/ui/kbd";
import { wireKey } from "@/flows/graph/wire-key";
import { useStudio } from "../../store/studio-store";
import { allCommands, keysOf } from "./all-commands";
import type { Command, MenuPlace } from "./command";

type Opened = { place: MenuPlace; x: number; y: number; from: Element | null };

/** What can be done with what lies under the pointer, or has the focus: by right click, the menu key or Shift F10. */
export function CanvasMenu({ onPick }: { onPick(command: Command, at: { x: number; y: number }): void }) {
  const flow = useStoreApi();
  const box = useRef<HTMLSpanElement>(null);
  const [opened, setOpened] = useState<Opened | null>(null);

  useEffect(() => {
    const { domNode } = flow.getState();
    if (!domNode) return;
    const open = (event: MouseEvent) => {
      if (!(event.target instanceof Element) || event.target.closest("input, textarea")) return;
      event.preventDefault();
      setOpened({ place: takeUp(event.target), ...pointOf(event, event.target), from: document.activeElement });
    };
    domNode.addEventListener("contextmenu", open);
    return () => domNode.removeEventListener("contextmenu", open);
  }, [flow]);

  // It stands there before the menu opens, so that the menu knows which landmark it belongs to.
  return (
    <span ref={box} style={{ position: "fixed", left: opened?.x ?? 0, top: opened?.y ?? 0 }}>
      {opened && (
        <MenuBody
          label={LABELS[opened.place]}
          align="start"
          items={itemsFor(opened.place, (command) => onPick(command, opened))}
          box={box}
          open
          onOpenChange={(open) => {
            if (open) return;
            setOpened(null);
            if (opened.from instanceof HTMLElement || opened.from instanceof SVGElement) opened.from.focus();
          }}
        />
      )}
    </span>
  );
}

function itemsFor(place: MenuPlace, onPick: (command: Command) => void): readonly MenuItem[] {
  const studio = useStudio.getState();
  const shown = allCommands.filter(({ menus }) => menus?.includes(place));
  return shown.flatMap((command, index): MenuItem[] => {
    const keys = keysOf(command);
    const row: MenuItem = {
      label: command.title,
      disabled: (command.blocked?.(studio) ?? null) !== null,
      tone: command.id.startsWith("delete") ? "danger" : "plain",
      aside: keys && <Kbd>{keys}</Kbd>,
      onSelect: () => onPick(command),
    };
    const before = shown[index - 1];
    return before && before.group !== command.group ? [{ kind: "line" }, row] : [row];
  });
}

const LABELS: Record<MenuPlace, string> = {
  node: "This node",
  selection: "The selection",
  wire: "This wire",
  canvas: "The canvas",
};

/** Selects what is pointed at, unless it is part of the selection already, and says what that is. */
function takeUp(target: Element): MenuPlace {
  const { document, selection, select } = useStudio.getState();
  const node = target.closest(".react-flow__node")?.getAttribute("data-id");
  const wire = target.closest(".react-flow__edge")?.getAttribute("data-id");
  if (target.closest(".react-flow__nodesselection")) return "selection";
  const found = document.nodes.find(({ id }) => id === node);
  if (found) {
    if (selection.nodes.includes(found.id)) return selection.nodes.length > 1 ? "selection" : "node";
    select({ nodes: [found.id] });
    return "node";
  }
  const known = document.wires.find((each) => wireKey(each) === wire);
  if (known) select({ wires: [wireKey(known)] });
  return known ? "wire" : "canvas";
}

/** The menu key has no pointer: its menu opens at what has the focus. */
function pointOf(event: MouseEvent, target: Element): { x: number; y: number } {
  if (event.button === 2) return { x: event.clientX, y: event.clientY };
  const { left, top, width, height } = target.getBoundingClientRect();
  return target.closest(".react-flow__node, .react-flow__edge")
    ? { x: left + width / 2, y: top + height / 2 }
    : { x: event.clientX, y: event.clientY };
}
