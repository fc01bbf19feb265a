import { useStudio } from "@/components/store/studio-store";

/**
 * The undo of the drawing is the only one: what is typed into a field of code is a step of it. That of a browser would make an
 * edit of its own, and the next undo would take that back. True when the key was one of its.
 */
export function undoByKey(event: KeyboardEvent): boolean {
  const { key, shiftKey } = event;
  const letter = key.toLowerCase(); // with the capitals locked, Shift makes them small
  if (!(event.ctrlKey || event.metaKey) || event.altKey || (letter !== "z" && letter !== "y")) return false;
  event.preventDefault();
  return turned(letter === "y" || shiftKey ? "redo" : "undo");
}

/** The same from a menu of the browser. */
export function undoByMenu(event: InputEvent): boolean {
  if (event.inputType !== "historyUndo" && event.inputType !== "historyRedo") return false;
  event.preventDefault();
  return turned(event.inputType === "historyUndo" ? "undo" : "redo");
}

function turned(way: "undo" | "redo"): true {
  useStudio.getState()[way]();
  return true;
}
