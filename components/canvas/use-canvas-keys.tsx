"use client";

import { type KeyboardEvent, lazy, type ReactNode, Suspense, useCallback, useState } from "react";
import { toast } from "@/components/ui/toast";
import type { NodeId } from "@/flows/basics/ids";
import { useStudio } from "../store/studio-store";

const ConnectChooser = lazy(() =>
  import("../panels/outline/connect-chooser").then((file) => ({ default: file.ConnectChooser })),
);

const ALONG: Record<string, "on" | "back"> = { ArrowRight: "on", ArrowDown: "on", ArrowLeft: "back", ArrowUp: "back" };

/**
 * The keys of a node that has the focus: arrows go along its wires, Enter opens its settings, C connects it. With Shift
 * the arrows move the node, which React Flow does for a node that is selected.
 */
export function useCanvasKeys(): { onKeyDownCapture(event: KeyboardEvent): void; asked: ReactNode } {
  const [connecting, setConnecting] = useState<NodeId | null>(null);
  const onKeyDownCapture = useCallback((event: KeyboardEvent) => {
    const id = nodeOf(event.target);
    if (!id || event.ctrlKey || event.metaKey || event.altKey) return;
    const along = ALONG[event.key];
    // The ports are walked, and a node moved, by what is selected.
    if ((along && event.shiftKey) || event.key.toLowerCase() === "p") return selectOnly(id);
    const act = along ? () => goAlong(id, along) : actOf(event.key, id, setConnecting);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }, []);
  const close = useCallback(() => {
    setConnecting((id) => {
      if (id) requestAnimationFrame(() => focusNode(id));
      return null;
    });
  }, []);
  const asked = connecting && (
    <Suspense fallback={null}>
      <ConnectChooser node={connecting} onDone={(words) => toast({ title: words })} onClose={close} />
    </Suspense>
  );
  return { onKeyDownCapture, asked };
}

function actOf(key: string, id: NodeId, connect: (id: NodeId) => void): (() => void) | null {
  if (key === "Enter")
    return () =>
      void import("../panels/studio/open-settings").then((file) => file.openSettings(id, () => focusNode(id)));
  return key.toLowerCase() === "c" ? () => connect(id) : null;
}

function nodeOf(target: EventTarget): NodeId | null {
  if (!(target instanceof HTMLElement) || !target.matches(".react-flow__node")) return null;
  return useStudio.getState().document.nodes.find(({ id }) => id === target.dataset.id)?.id ?? null;
}

function selectOnly(id: NodeId) {
  const { selection, select } = useStudio.getState();
  if (!selection.nodes.includes(id)) select({ nodes: [id] });
}

function goAlong(id: NodeId, way: "on" | "back") {
  const { wires } = useStudio.getState().document;
  const wire = way === "on" ? wires.find(({ from }) => from.node === id) : wires.find(({ to }) => to.node === id);
  if (wire) focusNode(way === "on" ? wire.to.node : wire.from.node);
}

function focusNode(id: NodeId) {
  document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`)?.focus();
}
