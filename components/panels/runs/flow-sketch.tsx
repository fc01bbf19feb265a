import { clsx } from "clsx";
import { BOX, type Spot, sketchOf } from "@/components/panels/runs/sketch-layout";
import { stepShown } from "@/components/panels/runs/status-words";
import { StatusGlyph } from "@/components/ui/status-mark";
import type { FlowDocument } from "@/flows/graph/graph";
import type { StepView } from "@/flows/run/view";

export type FlowSketchProps = { document: FlowDocument; steps: readonly StepView[]; selected: string | null };

/** The flow as it was drawn, with where each step stands. A picture: the list of steps says the same in words. */
export function FlowSketch({ document, steps, selected }: FlowSketchProps) {
  const { spots, wires, width, height } = sketchOf(document);
  const stepsOf = (node: string) => steps.filter((step) => step.node === node);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <div tabIndex={0} className="overflow-x-auto">
      <div role="img" aria-label="Drawing of the flow" style={{ width, height }} className="relative mx-auto text-12">
        <svg aria-hidden width={width} height={height} className="absolute inset-0 text-line-strong">
          {wires.map((path) => (
            <path key={path} d={path} fill="none" stroke="currentColor" strokeWidth="1.5" />
          ))}
        </svg>
        {spots.map((spot) => (
          <Box
            key={spot.id}
            spot={spot}
            step={stepsOf(spot.id).at(-1)}
            selected={stepsOf(spot.id).some(({ key }) => key === selected)}
          />
        ))}
      </div>
    </div>
  );
}

function Box({ spot, step, selected }: { spot: Spot; step: StepView | undefined; selected: boolean }) {
  return (
    <span
      style={{ left: spot.left, top: spot.top, ...BOX }}
      className={clsx(
        "absolute flex items-center gap-2 rounded-control border bg-raised px-2",
        step ? "border-line-strong" : "border-line-strong border-dashed text-muted",
        selected && "border-accent bg-selected",
      )}
    >
      {step && <StatusGlyph status={stepShown(step).status} />}
      <span className="min-w-0 truncate">{spot.title}</span>
    </span>
  );
}
