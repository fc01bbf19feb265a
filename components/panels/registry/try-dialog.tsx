"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Play } from "lucide-react";
import { useState } from "react";
import type { PreparedTry } from "@/components/api/answers";
import { useTRPC } from "@/components/api/trpc";
import { ApiFault } from "@/components/panels/account/api-fault";
import { boundText } from "@/components/panels/studio/bound-text";
import { freshId } from "@/components/panels/studio/fresh-id";
import { leftIn, RailChoice } from "@/components/panels/studio/rail-choice";
import type { Rail } from "@/components/panels/studio/use-start-run";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Hash } from "@/components/ui/hash";
import { Money } from "@/components/ui/money";
import type { Json } from "@/flows/basics/json";

type TryDialogProps = {
  title: string;
  outside: boolean;
  prepared: PreparedTry;
  input: Record<string, Json>;
  sends: readonly string[];
  onClose(): void;
};

/** The last look before a try is paid: the same terms, in the same words, as of every run. */
export function TryDialog({ title, outside, prepared, input, sends, onClose }: TryDialogProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [run] = useState(freshId); // one id for all attempts: a lost answer cannot start a second run
  const [rail, setRail] = useState<Rail>(outside ? "microcredits" : "trial_microcredits");
  const { data: balances } = useQuery(trpc.wallet.balances.queryOptions());
  const start = useMutation(
    trpc.runs.start.mutationOptions({
      onSuccess: () => {
        void queries.invalidateQueries(trpc.runs.list.pathFilter());
        void queries.invalidateQueries(trpc.wallet.pathFilter());
        void queries.invalidateQueries(trpc.registry.tryFlow.pathFilter());
        onClose();
      },
    }),
  );
  type Sent = Parameters<typeof start.mutate>[0]["input"]; // the same values, in the API's own words
  const { flow, hash, bound, rules } = prepared;
  const worst = bound.reduce((sum, { amount }) => sum + amount, 0n);
  const left = leftIn(balances, rail);
  const short = left !== null && left < worst;
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Try ${title}`}
      text="It reserves its worst case now and gives back what it does not spend."
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            tone="primary"
            icon={<Play aria-hidden />}
            busy={start.isPending}
            disabled={short}
            onClick={() => start.mutate({ flow, run, plan: hash, currency: rail, input: input as Sent })}
          >
            Try, at most {boundText(bound)}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <p className="break-words">
          {sends.length > 0
            ? `Leaves the studio: ${sends.join("; ")}.`
            : "Nothing leaves the studio, says its publisher."}
        </p>
        {rules?.verdict.verdict === "deny" && (
          <p role="alert" className="text-bad">
            Your rules do not allow this: {rules.verdict.message}
          </p>
        )}
        <RailChoice rail={rail} balances={balances} outside={outside} onChange={setRail} />
        <dl className="flex items-baseline justify-between gap-4 border-t pt-3">
          <dt className="flex items-baseline gap-3 text-muted">
            Worst case
            <Hash value={hash} of="plan" className="text-12" />
          </dt>
          <dd>
            <Money currency="microcredits" amount={worst} kind="worst" />
          </dd>
        </dl>
        {short && left !== null && (
          <p role="alert" className="text-bad">
            Not enough: {boundText(bound)} needed, <Money currency={rail} amount={left} /> left.
          </p>
        )}
        <ApiFault fault={start.error} />
      </div>
    </Dialog>
  );
}
