import { clsx } from "clsx";
import { CircleAlert } from "lucide-react";
import { memo } from "react";
import { StatusGlyph } from "@/components/ui/status-mark";
import type { CanvasNodeProps } from "./canvas-node";
import { useDetail } from "./detail";
import { heightOf } from "./geometry";
import { KindIcon } from "./kind-icon";
import { FramePorts } from "./node-port";
import { secondLine } from "./settled-line";
import { edgeOf, statusOf } from "./status-look";

/** A node that others are drawn in: its name and outer ports at the top, and below it the room for its body. */
export const FrameNodeView = memo(function FrameNodeView({ data, selected }: CanvasNodeProps) {
  const detail = useDetail();
  const { node, ports, run, problems } = data;
  return (
    <div
      className={clsx(
        "flow-node flow-frame relative flex h-full flex-col rounded-card border bg-well/60",
        selected ? "border-focus" : "border-line-strong",
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
        </div>
        {detail === "near" && (
          <span className="truncate text-12 text-muted">{secondLine[node.kind]?.(node.settings) ?? ""}</span>
        )}
      </div>
      {detail !== "far" && <FramePorts ports={ports} />}
    </div>
  );
});
