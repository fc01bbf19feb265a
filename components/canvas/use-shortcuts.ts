"use client";

import { useReactFlow } from "@xyflow/react";
import { useEffect, useEffectEvent } from "react";
import { wireKey } from "@/flows/graph/edit";
import { PALETTE_SEARCH } from "../panels/studio/picking";
import { removeSelected } from "../panels/studio/remove-selected";
import { useStudio } from "../store/studio-store";
import { FIT } from "./fit";

/** The keys of the studio. None of them works while somebody types, or while a dialog is open. */
export function useShortcuts(ask: { onRun(): void }) {
  const { fitView } = useReactFlow();
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const act = shortcutOf(event, { run: ask.onRun, fit: () => void fitView(FIT) });
    if (!act) return;
    event.preventDefault();
    act();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event);
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);
}

type Acts = { run(): void; fit(): void };

function shortcutOf(event: KeyboardEvent, acts: Acts): (() => void) | null {
  if (event.defaultPrevented || document.querySelector("[role=dialog]")) return null;
  const typing = event.target instanceof HTMLElement && event.target.closest("input, textarea, select") !== null;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (event.ctrlKey || event.metaKey) return withControl(key, { typing, shift: event.shiftKey, run: acts.run });
  if (typing || event.altKey) return null;
  switch (key) {
    case "Delete":
    case "Backspace":
      return removeSelected;
    case "Escape":
      return () => useStudio.getState().select({});
    case "/":
      return searchPalette;
    case "f":
      return acts.fit;
    default:
      return null;
  }
}

function withControl(key: string, how: { typing: boolean; shift: boolean; run(): void }): (() => void) | null {
  const { undo, redo, flush } = useStudio.getState();
  if (key === "s") return () => void flush();
  if (key === "Enter") return how.run;
  if (how.typing) return null;
  if (key === "z") return how.shift ? redo : undo;
  if (key === "y") return redo;
  return key === "a" ? selectAll : null;
}

function selectAll() {
  const { document, select } = useStudio.getState();
  select({ nodes: document.nodes.map(({ id }) => id), wires: document.wires.map(wireKey) });
}

function searchPalette() {
  useStudio.getState().setPanels({ palette: true });
  requestAnimationFrame(() => document.getElementById(PALETTE_SEARCH)?.focus());
}
