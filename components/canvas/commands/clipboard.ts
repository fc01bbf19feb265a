import { toast } from "@/components/ui/toast";
import { unreachable } from "@/flows/basics/unreachable";
import type { FlowDocument, Position } from "@/flows/graph/graph";
import { absoluteOf, frameAt } from "../../nodes/frames";
import { removeSelected } from "../../panels/studio/remove-selected";
import { useStudio } from "../../store/studio-store";
import { outermost } from "../editing/arrange";
import { boxAround, boxesOf } from "../editing/boxes";
import { type Clip, type ClipError, clipOf, pasteEdits, readClip, writeClip } from "../editing/clip";
import type { Tools } from "./command";

const STEP = 40;

/** What is selected, as text; null when no node is. */
export function selectedText(): string | null {
  const { document, selection } = useStudio.getState();
  return selection.nodes.length > 0 ? writeClip(clipOf(document, selection.nodes)) : null;
}

/** True once the text lies on the clipboard. */
export async function copySelected(): Promise<boolean> {
  const text = selectedText();
  if (text === null) return false;
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Refused, or a page that was not served over TLS or loopback: the keys work there.
    toast({ title: "Not copied", text: "This browser allows it by Ctrl C only.", status: "denied" });
    return false;
  }
}

export async function cutSelected() {
  if (await copySelected()) removeSelected();
}

export async function pasteFromClipboard(tools: Pick<Tools, "pointer">) {
  const at = tools.pointer();
  try {
    pasteText(await navigator.clipboard.readText(), at);
  } catch {
    toast({ title: "Not pasted", text: "This browser allows it by Ctrl V only.", status: "denied" });
  }
}

/** Puts what a text holds on the canvas, in the middle of the given point, else beside where it was copied from. */
export function pasteText(text: string, at: Position | null) {
  const clip = readClip(text);
  if (!clip.ok) return refuse(clip.error);
  const { document, ports, folded } = useStudio.getState();
  const parent = at ? frameAt({ document, ports, folded }, at) : null;
  const base = parent ? absoluteOf(document, parent) : { x: 0, y: 0 };
  const by = at ? toPoint(clip.value, at) : aside(document, clip.value);
  const place = ({ x, y }: Position) => ({ x: Math.round(x + by.x - base.x), y: Math.round(y + by.y - base.y) });
  put(clip.value, { parent, place }, "Paste");
}

/** A copy of what is selected, in the same container, a little to the side. */
export function duplicateSelected() {
  const { document, selection } = useStudio.getState();
  const [first, ...others] = outermost(document, selection.nodes);
  if (!first) return;
  const clip = clipOf(document, selection.nodes);
  const parent = others.every((each) => each.parent === first.parent) ? (first.parent ?? null) : null;
  const base = parent ? absoluteOf(document, parent) : { x: 0, y: 0 };
  const by = aside(document, clip);
  put(clip, { parent, place: ({ x, y }) => ({ x: x + by.x - base.x, y: y + by.y - base.y }) }, "Duplicate");
}

type How = Parameters<typeof pasteEdits>[2];

function put(clip: Clip, how: How, verb: string) {
  const { document, edit, select } = useStudio.getState();
  const pasted = pasteEdits(document, clip, how);
  if (!pasted.ok) return refuse(pasted.error);
  const { edits, nodes, inputLeftOut } = pasted.value;
  const [only, ...others] = clip.nodes;
  edit(edits, { name: `${verb} ${others.length === 0 ? only?.title : `${clip.nodes.length} nodes`}` });
  select({ nodes });
  if (inputLeftOut) toast({ title: "A flow has one input", text: "The copied one was left out." });
}

function toPoint(clip: Clip, at: Position): Position {
  const around = boxAround(looseBoxes(clip));
  return { x: at.x - around.x - around.width / 2, y: at.y - around.y - around.height / 2 };
}

/** How far to move a copy so that it covers nothing exactly. */
function aside(document: FlowDocument, clip: Clip): Position {
  const taken = new Set([...boxesOf({ document, ports: {} }).values()].map(({ x, y }) => `${x} ${y}`));
  const boxes = looseBoxes(clip);
  let by = STEP;
  while (boxes.some(({ x, y }) => taken.has(`${x + by} ${y + by}`))) by += STEP;
  return { x: by, y: by };
}

function looseBoxes(clip: Clip) {
  const boxes = boxesOf({ document: clip, ports: {} });
  return clip.nodes.flatMap(({ id, parent }) => (parent === undefined ? [boxes.get(id) ?? []].flat() : []));
}

function refuse(error: ClipError) {
  toast({ title: "Not pasted", text: explainClip(error), status: "denied" });
}

/** Why something cannot be pasted, for the person who tried. */
function explainClip(error: ClipError): string {
  switch (error.code) {
    case "clip_unreadable":
      return `The clipboard holds no nodes of a flow. ${error.detail}`;
    case "clip_empty":
      return "The flow on the clipboard has no nodes.";
    case "clip_too_large":
      return `A flow has at most ${error.most} nodes.`;
    case "clip_second_input":
      return "A flow has one input, and this one has it already.";
    default:
      return unreachable(error);
  }
}
