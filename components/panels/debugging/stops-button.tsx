"use client";

import { Octagon } from "lucide-react";
import type { ShownRun } from "@/components/api/answers";
import { ApiFault } from "@/components/panels/account/api-fault";
import { useStudio } from "@/components/store/studio-store";
import { Button } from "@/components/ui/button";
import { Popover } from "@/components/ui/popover";
import type { Currency } from "@/flows/basics/money";
import { StopsEditor } from "./stops-editor";
import { useSetStops } from "./use-set-stops";

/** The stops of the run that is shown, behind a button that says how many there are. */
export function StopsButton({ shown }: { shown: ShownRun }) {
  const { change, fault } = useSetStops(shown);
  const count = useStudio(
    ({ debugging: { everyStep, paymentsAbove, breaks } }) =>
      breaks.length + (everyStep ? 1 : 0) + (paymentsAbove ? 1 : 0),
  );
  return (
    <Popover
      label="Stops"
      trigger={
        <Button icon={<Octagon aria-hidden />} aria-label={`Stops, ${count}`}>
          Stops {count > 0 && <span className="font-mono text-12 tabular-nums">{count}</span>}
        </Button>
      }
    >
      <StopsEditor currency={shown.run.budget.currency as Currency} onChange={change}>
        {fault && <ApiFault fault={fault} />}
      </StopsEditor>
    </Popover>
  );
}
