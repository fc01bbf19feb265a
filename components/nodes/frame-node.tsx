import { Handle, Position } from "@xyflow/react";
import { clsx } from "clsx";
import { ChevronDown, ChevronRight, CircleAlert } from "lucide-react";
import { memo } from "react";
import { StatusGlyph } from "@/components/ui/status-mark";
import { useStudio } from "../store/studio-store";
import type { CanvasNodeProps } from "./canvas-node";
import { useDetail } from "./detail";
import { FOLDED_IN, FOLDED_OUT } from "./folded";
import { heightOf } from "./geometry";
import { KindIcon } from "./kind-icon";
import { NodeCard } from "./node-card";
import { FramePorts } from "./node-port";
import { secondLine } from "./settled-line";
import { edgeOf, statusOf } from "./status-look";

/** A node that others are drawn in: its name and outer ports at the top, and below it the room for its body. */
export const FrameNodeView = memo(function FrameNodeView(props: CanvasNodeProps) {
  const detail = useDetail();
  const { node, ports, run, problems, folded } = props.data;
  if (folded !== null) return <FoldedFrame {...props} inside={folded} />;
  return (
    <div
      className={clsx(
        "flow-node flow-frame relative flex h-full flex-col rounded-card border bg-well/60",
        props.selected ? "border-focus" : "border-line-strong",
        run?.status === "skipped" && "border-dashed",
      )}
    >
      {run && <span aria-hidden className={clsx("absolute inset-x-2 top-0 h-0.5", edgeOf[run.status])} />}
      <div
        style={{ height: heightOf(ports) }}
        className="flex min-w-0 flex-col justify-center gap-1 rounded-t-card border-b bg-surface px-4"
      >
        <div className="flex items-center gap-2">
          <span className="text-faint">
            <KindIcon kind={node.kind} />
          </span>
          <span className={clsx("min-w-0 flex-1 truncate font-strong", detail !== "near" && "text-20")}>
            {node.title}
          </span>
          {problems > 0 && (
            <span className="text-bad">
              <CircleAlert aria-hidden />
              <span className="sr-only">{problems === 1 ? "1 problem" : `${problems} problems`}</span>
            </span>
          )}
          {run && <StatusGlyph status={statusOf[run.status]} />}
          {detail === "near" && <FoldButton node={node} fold />}
        </div>
        {detail === "near" && (
          <span className="truncate text-12 text-muted">{secondLine[node.kind]?.(node.settings) ?? ""}</span>
        )}
      </div>
      {detail !== "far" && <FramePorts ports={ports} />}
    </div>
  );
});

/** Collapsed: a card that stands for everything inside. */
function FoldedFrame({ inside, ...props }: CanvasNodeProps & { inside: number }) {
  return (
    <>
      <NodeCard {...props}>
        <span className="flex-1 truncate">{inside === 1 ? "1 node inside" : `${inside} nodes inside`}</span>
        <FoldButton node={props.data.node} fold={false} />
      </NodeCard>
      <Handle type="target" position={Position.Left} id={FOLDED_IN} isConnectable={false} className="flow-folded-end" />
      <Handle
        type="source"
        position={Position.Right}
        id={FOLDED_OUT}
        isConnectable={false}
        className="flow-folded-end"
      />
    </>
  );
}

function FoldButton({ node, fold }: { node: CanvasNodeProps["data"]["node"]; fold: boolean }) {
  const Icon = fold ? ChevronDown : ChevronRight;
  return (
    <button
      type="button"
      tabIndex={-1} // the command and its key do the same for the selected node
      aria-label={`${fold ? "Collapse" : "Expand"} ${node.title}`}
      onClick={() => useStudio.getState().fold([node.id], fold)}
      className="nodrag quick -my-1 flex size-6 pointer-coarse:-mr-2 pointer-coarse:size-control items-center justify-center rounded-control text-faint hover:bg-hover hover:text-ink"
    >
      <Icon aria-hidden />
    </button>
  );
}
