import { clsx } from "clsx";
import { CircleAlert, Octagon, Pin } from "lucide-react";
import type { ReactNode } from "react";
import { formatDuration } from "@/components/ui/duration";
import { Money } from "@/components/ui/money";
import { StatusGlyph, statusWord } from "@/components/ui/status-mark";
import type { NodeRun } from "../store/run-slice";
import type { CanvasNodeProps, Mark } from "./canvas-node";
import { useDetail } from "./detail";
import { FOOTER, heightOf } from "./geometry";
import { KindIcon } from "./kind-icon";
import { NodePorts } from "./node-port";
import { edgeOf, statusOf } from "./status-look";

type NodeCardProps = CanvasNodeProps & {
  /** The second line: what it does, and its price. */
  children: ReactNode;
  shape?: "card" | "gate";
  /** Money moves here. */
  pays?: boolean;
};

/** The shape that all kinds share: status edge, title, second line, ports, and a footer after a run. */
export function NodeCard({ data, selected, children, shape = "card", pays = false }: NodeCardProps) {
  const detail = useDetail();
  const { node, ports, run } = data;
  return (
    <div
      className={clsx(
        "flow-node relative flex h-full flex-col border bg-surface",
        shape === "gate" ? "flow-gate" : "rounded-card",
        selected ? "border-focus" : "border-line-strong",
        run?.status === "skipped" && "border-dashed",
      )}
    >
      {run && <span aria-hidden className={clsx("absolute inset-x-2 top-0 h-0.5", edgeOf[run.status])} />}
      {detail === "near" && (
        <>
          <Body data={data} height={heightOf(ports)}>
            {children}
          </Body>
          {run && <NodeFooter run={run} />}
        </>
      )}
      {detail === "middle" && <MiddleBody data={data} />}
      {detail === "far" && <FarBody title={node.title} run={run} />}
      {pays && <span aria-hidden className="absolute inset-x-2 bottom-0 h-0.5 bg-port-money" />}
      {detail !== "far" && (
        <>
          <NodePorts ports={ports} side="inputs" />
          <NodePorts ports={ports} side="outputs" />
        </>
      )}
    </div>
  );
}

type BodyProps = Pick<CanvasNodeProps, "data"> & { height: number; children: ReactNode };

function Body({ data: { node, run, problems, mark }, height, children }: BodyProps) {
  return (
    <div style={{ height: height - 2 }} className="flex min-w-0 flex-col justify-center gap-1 px-4">
      <div className="flex items-center gap-2">
        <span className="text-faint">
          <KindIcon kind={node.kind} />
        </span>
        <span className="min-w-0 flex-1 truncate font-strong">{node.title}</span>
        {mark && <DebugMark mark={mark} />}
        <ProblemMark count={problems} />
        {run && <StatusGlyph status={statusOf[run.status]} />}
      </div>
      <div className="flex min-w-0 items-baseline gap-1 text-12 text-muted">{children}</div>
    </div>
  );
}

/** Runs halt here, or take what it gives for given. */
function DebugMark({ mark }: { mark: Mark }) {
  const Icon = mark === "stop" ? Octagon : Pin;
  return (
    <span className="text-muted">
      <Icon aria-hidden />
      <span className="sr-only">{mark === "stop" ? "Runs stop here" : "Its output is pinned"}</span>
    </span>
  );
}

function ProblemMark({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <span className="text-bad">
      <CircleAlert aria-hidden />
      <span className="sr-only">{count === 1 ? "1 problem" : `${count} problems`}</span>
    </span>
  );
}

/** Half way out: a title as large as the node allows. */
function MiddleBody({ data: { node, run, problems } }: Pick<CanvasNodeProps, "data">) {
  return (
    <div className="flex min-h-0 flex-1 items-center gap-2 px-4">
      <span className="line-clamp-2 min-w-0 flex-1 text-20 font-strong">{node.title}</span>
      <ProblemMark count={problems} />
      {run && <StatusGlyph status={statusOf[run.status]} />}
    </div>
  );
}

/** Far out: a block in the colour of its state. */
function FarBody({ title, run }: { title: string; run: NodeRun | null }) {
  return (
    <div
      className={clsx(
        "flex min-h-0 flex-1 items-center justify-center rounded-card p-2",
        run ? FAR_GROUND[run.status] : "bg-hover",
      )}
    >
      <span className="line-clamp-2 text-center text-28 font-strong leading-none">{title}</span>
    </div>
  );
}

const FAR_GROUND: Record<NodeRun["status"], string> = {
  waiting: "bg-hover",
  running: "bg-live-soft text-live",
  paused: "bg-hover",
  needs_you: "bg-warn-soft text-warn",
  unknown: "bg-warn-soft text-warn",
  done: "bg-ok-soft text-ok",
  failed: "bg-bad-soft text-bad",
  skipped: "bg-surface text-faint",
};

function NodeFooter({ run: { status, ms, paid } }: { run: NodeRun }) {
  return (
    <div
      style={{ height: FOOTER }}
      className="flex items-center justify-between gap-2 border-t px-4 text-12 text-muted tabular-nums"
    >
      <span>{ms === null || status === "skipped" ? statusWord(statusOf[status]) : formatDuration(ms)}</span>
      {paid && <Money currency={paid.currency} amount={paid.amount} kind="spent" />}
    </div>
  );
}
