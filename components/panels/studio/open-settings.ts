import { onlyNode } from "@/components/store/selection-slice";
import { useStudio } from "@/components/store/studio-store";
import type { NodeId } from "@/flows/basics/ids";

const FLOATING = "dialog, [role=dialog], [role=alertdialog], [role=menu], [role=listbox]";
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
    if (panel && field) enter(panel, field, { node, back });
    else if (left-- > 0) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

let way: AbortController | null = null;

/** One way back at a time, until the focus leaves the panel or another node is selected. */
function enter(panel: HTMLElement, field: HTMLElement, { node, back }: { node: NodeId; back(): void }) {
  way?.abort();
  const own = new AbortController();
  const { signal } = own;
  way = own;
  field.focus();
  const leave = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    own.abort();
    back();
  };
  const forget = ({ relatedTarget: to }: FocusEvent) => {
    // What floats above the page takes the focus for a while only.
    if (to instanceof Element && !panel.contains(to) && !to.closest(FLOATING)) own.abort();
  };
  panel.addEventListener("keydown", leave, { signal });
  panel.addEventListener("focusout", forget, { signal });
  signal.addEventListener(
    "abort",
    useStudio.subscribe(({ selection }) => onlyNode(selection) !== node && own.abort()),
  );
}
