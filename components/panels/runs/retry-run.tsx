"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "@/components/api/trpc";
import { ApiFault } from "@/components/panels/account/api-fault";
import { Button } from "@/components/ui/button";

/** Lets a run go on that stopped at a fault of the studio's own. What it has done is not repeated. */
export function RetryRun({ run }: { run: string }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const retry = useMutation(
    trpc.runs.retry.mutationOptions({
      onSettled: () => queries.invalidateQueries(trpc.runs.get.queryFilter({ run })),
    }),
  );
  return (
    <>
      <Button busy={retry.isPending} onClick={() => retry.mutate({ run })}>
        Go on with the run
      </Button>
      <ApiFault fault={retry.error} />
    </>
  );
}
