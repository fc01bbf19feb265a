"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Square } from "lucide-react";
import { useState } from "react";
import { useTRPC } from "@/components/api/trpc";
import { ApiFault } from "@/components/panels/account/api-fault";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";

/** Ends a run early. Asks first: what is under way is still paid when it delivers. */
export function StopRun({ run }: { run: string }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const stop = useMutation(
    trpc.runs.stop.mutationOptions({
      onSuccess: () => setAsking(false),
      onSettled: () => queries.invalidateQueries(trpc.runs.get.queryFilter({ run })),
    }),
  );
  return (
    <>
      <Button
        icon={<Square aria-hidden />}
        busy={stop.isPending}
        disabled={stop.isSuccess}
        onClick={() => setAsking(true)}
      >
        {stop.isSuccess ? "Stopping" : "Stop"}
      </Button>
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title="Stop this run?"
        text="Nothing new is begun. A step that is under way comes to its end first and is paid if it delivers; the rest of what was reserved returns to you."
        actions={
          <>
            <Button onClick={() => setAsking(false)}>Let it run</Button>
            <Button tone="danger" busy={stop.isPending} onClick={() => stop.mutate({ run })}>
              Stop the run
            </Button>
          </>
        }
      >
        {stop.error && <ApiFault fault={stop.error} />}
      </Dialog>
    </>
  );
}
