"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { domainErrorOf } from "@/components/api/api-error";
import { useTRPC } from "@/components/api/trpc";
import { ApiFault } from "@/components/panels/account/api-fault";
import { useStudio } from "@/components/store/studio-store";
import { ErrorNotice } from "@/components/ui/error-notice";
import type { Digest, FlowId, NodeId } from "@/flows/basics/ids";
import type { Json } from "@/flows/basics/json";
import { money } from "@/flows/basics/money";
import type { Missed } from "@/flows/triggers/missed";
import { NotSaved, type Rail } from "../studio/use-start-run";

export type TurnedOnAnswer = { trigger: string; secret: string | null };
type Ask = { node: NodeId; plan: Digest; rail: Rail; cap: bigint; input: Record<string, Json>; missed: Missed };

/** Turns a trigger on for what is drawn, saved first. */
export function useTurnOn(flow: FlowId, onTurnedOn: (answer: TurnedOnAnswer) => void) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { mutateAsync } = useMutation(trpc.triggers.turnOn.mutationOptions());
  type Sent = Parameters<typeof mutateAsync>[0]; // the same values, in the API's own words
  return useMutation({
    mutationFn: async ({ rail, cap, ...ask }: Ask): Promise<TurnedOnAnswer> => {
      if (!(await useStudio.getState().flush())) throw new NotSaved();
      return mutateAsync({ flow, ...ask, mostPerDay: money(rail, cap) } as Sent);
    },
    onSuccess: onTurnedOn,
    onError: (fault) => {
      // An agent changed: once it is read anew, the form shows the new plan and its worst case.
      if (domainErrorOf(fault)?.code === "plan_changed") void queries.invalidateQueries(trpc.registry.pathFilter());
    },
  });
}

export function TurnOnFault({ fault }: { fault: unknown }) {
  if (!(fault instanceof NotSaved)) return <ApiFault fault={fault} />;
  return (
    <ErrorNotice
      what="The flow could not be saved, so the trigger was not turned on."
      safe="Your edits are kept in this browser. Nothing was paid."
      next="Turn it on again once the studio answers."
      code="flow_not_saved"
    />
  );
}
