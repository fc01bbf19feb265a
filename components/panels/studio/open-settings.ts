import { useStudio } from "@/components/store/studio-store";
import type { NodeId } from "@/flows/basics/ids";

const FIELDS = "input, textarea, select";
/** About five seconds: the forms are fetched when the first node is selected. */
const FRAMES = 300;

/** Selects a node and goes to the first field of its settings. Escape there goes back. */
export function openSettings(node: NodeId, back: () => void) {
  const { select, setPanels } = useStudio.getState();
  select({ nodes: [node] });
  setPanels({ inspector: true });
  let left = FRAMES;
  const from = document.activeElement;
  const look = () => {
    const gone = document.activeElement !== from && document.activeElement !== document.body;
    if (gone) return; // somebody went elsewhere meanwhile
    const panel = document.querySelector<HTMLElement>('aside[aria-label="Inspector"]');
    const field = panel?.querySelector<HTMLElement>(FIELDS);
    if (panel && field) enter(panel, field, back);
    else if (left-- > 0) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

function enter(panel: HTMLElement, field: HTMLElement, back: () => void) {
  field.focus();
  const leave = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    panel.removeEventListener("keydown", leave);
    back();
  };
  panel.addEventListener("keydown", leave);
}
