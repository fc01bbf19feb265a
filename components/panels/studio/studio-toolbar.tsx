"use client";

import { CircleAlert, CircleCheck, Play } from "lucide-react";
import { Suspense } from "react";
import { useStudio } from "@/components/store/studio-store";
import { Button } from "@/components/ui/button";
import { loadedLater } from "@/components/ui/loaded-later";
import { Money } from "@/components/ui/money";
import type { FlowId } from "@/flows/basics/ids";
import { boundText } from "./bound-text";
import { FlowName } from "./flow-name";
import { SaveState } from "./save-state";
import { UndoRedo } from "./undo-redo";

const ExportFlow = loadedLater(() => import("@/components/panels/flows/export-flow").then((file) => file.ExportFlow));

export type StudioToolbarProps = { flow: FlowId; name: string; narrow: boolean; onRun(): void };

/** The studio's own part of the bar: what is open, what it may cost, what is wrong with it, and Run. */
export function StudioToolbar({ flow, name, narrow, onRun }: StudioToolbarProps) {
  return (
    <>
      <FlowName flow={flow} name={name} />
      <SaveState />
      <div className="ml-auto flex shrink-0 items-center gap-2">
        {!narrow && (
          <>
            <Export />
            <UndoRedo />
            <BoundButton />
            <ProblemsButton />
          </>
        )}
        <Button tone="primary" icon={<Play aria-hidden />} onClick={onRun}>
          Run
        </Button>
      </div>
    </>
  );
}

/** Loaded once the canvas stands, in the place that is kept for it. */
function Export() {
  const stands = useStudio((studio) => studio.compiledFrom !== null);
  const place = <span className="size-control" />;
  return stands ? (
    <Suspense fallback={place}>
      <ExportFlow />
    </Suspense>
  ) : (
    place
  );
}

/** The worst case; a press shows where it comes from. */
function BoundButton() {
  const plan = useStudio((studio) => studio.plan);
  const { select, setPanels } = useStudio.getState();

  function show() {
    select({});
    setPanels({ inspector: true });
  }

  return (
    <Button
      tone="ghost"
      onClick={show}
      aria-label={plan ? `Worst case ${boundText(plan.bound)}` : "Worst case not known yet"}
    >
      <span className="text-faint">worst</span>
      {plan ? <Bound /> : <span className="font-mono text-faint">·</span>}
    </Button>
  );
}

function Bound() {
  const bound = useStudio((studio) => studio.plan?.bound ?? []);
  if (bound.length === 0) return <Money currency="microcredits" amount={0n} kind="worst" />;
  return bound.map(({ currency, amount }) => <Money key={currency} currency={currency} amount={amount} kind="worst" />);
}

function ProblemsButton() {
  const count = useStudio((studio) => studio.problems.length);
  const known = useStudio((studio) => studio.compiledFrom !== null);
  const open = useStudio(({ panels }) => panels.dock && panels.tab === "problems");
  return (
    <Button
      tone="ghost"
      aria-expanded={open}
      icon={count > 0 ? <CircleAlert aria-hidden className="text-bad" /> : known && <CircleCheck aria-hidden />}
      onClick={() => useStudio.getState().setPanels({ dock: !open, tab: "problems" })}
    >
      Problems <span className="font-mono tabular-nums">{known ? count : "·"}</span>
    </Button>
  );
}
