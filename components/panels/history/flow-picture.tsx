import { clsx } from "clsx";
import { absoluteOf, frameSizes } from "@/components/nodes/frames";
import { HEIGHT, WIDTH } from "@/components/nodes/geometry";
import type { FlowDocument, FlowNode } from "@/flows/graph/graph";
import { wireKey } from "@/flows/graph/wire-key";
import type { Mark, Marks } from "./drawing-changes";

const ROOM = 24;
const SIGN: Record<Mark, string> = { added: "+", removed: "\u2212", changed: "~" };
const BOX: Record<Mark | "same", string> = {
  added: "fill-ok-soft stroke-ok",
  removed: "fill-bad-soft stroke-bad",
  changed: "fill-warn-soft stroke-warn",
  same: "fill-surface stroke-line-strong",
};
const LINE: Record<Mark | "same", string> = {
  added: "stroke-ok",
  removed: "stroke-bad",
  changed: "stroke-warn",
  same: "stroke-line-strong",
};
const TEXT: Record<Mark, string> = { added: "fill-ok", removed: "fill-bad", changed: "fill-warn" };

type Placed = { node: FlowNode; isFrame: boolean; x: number; y: number; width: number; height: number };
type FlowPictureProps = { document: FlowDocument; marks: Marks; label: string; viewBox: string };

/** A drawing to look at, with what differs marked by colour and by a sign. */
export function FlowPicture({ document, marks, label, viewBox }: FlowPictureProps) {
  const boxes = placedNodes(document);
  if (boxes.length === 0) return <p className="p-4 text-muted">Nothing was drawn.</p>;
  const byId = new Map(boxes.map((box) => [box.node.id, box]));
  return (
    <svg role="img" aria-label={label} viewBox={viewBox} className="h-full w-full">
      {boxes
        .filter(({ isFrame }) => isFrame)
        .map((box) => (
          <Box key={box.node.id} {...box} title={box.node.title} mark={marks.nodes.get(box.node.id)} />
        ))}
      {document.wires.map((wire) => {
        const [from, to] = [byId.get(wire.from.node), byId.get(wire.to.node)];
        const mark = marks.wires.get(wireKey(wire));
        if (!from || !to) return null;
        const [x, y] = [from.x + from.width, from.y + from.height / 2];
        const [endX, endY] = [to.x, to.y + to.height / 2];
        const bend = Math.max(40, (endX - x) / 2);
        return (
          <path
            key={wireKey(wire)}
            d={`M${x} ${y} C${x + bend} ${y} ${endX - bend} ${endY} ${endX} ${endY}`}
            className={clsx("fill-none", LINE[mark ?? "same"])}
            strokeWidth={mark ? 5 : 2}
            strokeDasharray={mark === "removed" ? "10 8" : undefined}
          />
        );
      })}
      {boxes
        .filter(({ isFrame }) => !isFrame)
        .map((box) => (
          <Box key={box.node.id} {...box} title={box.node.title} mark={marks.nodes.get(box.node.id)} />
        ))}
    </svg>
  );
}

/** What has to be in view so that drawings stand side by side at one scale, each node where it is in the other. */
export function viewOfAll(documents: readonly FlowDocument[]): string {
  const boxes = documents.flatMap(placedNodes);
  const left = Math.min(...boxes.map(({ x }) => x), Number.MAX_SAFE_INTEGER);
  const top = Math.min(...boxes.map(({ y }) => y), Number.MAX_SAFE_INTEGER);
  const right = Math.max(...boxes.map(({ x, width }) => x + width), left);
  const bottom = Math.max(...boxes.map(({ y, height }) => y + height), top);
  return [left - ROOM, top - ROOM, right - left + 2 * ROOM, bottom - top + 2 * ROOM].join(" ");
}

function placedNodes(document: FlowDocument): Placed[] {
  const frames = frameSizes({ document, ports: {} });
  return document.nodes.map((node) => {
    const size = frames.get(node.id) ?? { width: WIDTH, height: HEIGHT };
    return { node, ...absoluteOf(document, node.id), ...size, isFrame: frames.has(node.id) };
  });
}

type BoxProps = { x: number; y: number; width: number; height: number; title: string; mark: Mark | undefined };

function Box({ x, y, width, height, title, mark }: BoxProps) {
  const shown = title.length > 18 ? `${title.slice(0, 17)}\u2026` : title;
  return (
    <g>
      <rect
        {...{ x, y, width, height }}
        rx={10}
        strokeWidth={mark ? 4 : 1.5}
        strokeDasharray={mark === "removed" ? "10 8" : undefined}
        className={BOX[mark ?? "same"]}
      />
      <text x={x + 16} y={y + 42} fontSize={20} className="fill-ink">
        {shown}
      </text>
      {mark && (
        <text x={x + width - 12} y={y + 26} fontSize={28} textAnchor="end" className={TEXT[mark]}>
          {SIGN[mark]}
        </text>
      )}
    </g>
  );
}
