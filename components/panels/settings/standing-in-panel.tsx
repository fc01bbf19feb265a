"use client";

import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useAccount } from "@/components/api/providers";
import { useTRPC } from "@/components/api/trpc";
import { ApiFault } from "@/components/panels/account/api-fault";
import { Moment } from "@/components/panels/runs/moment";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { NumberInput } from "@/components/ui/number-input";
import { Panel } from "@/components/ui/panel";
import { TextInput } from "@/components/ui/text-input";

const DAY_MS = 86_400_000;
const MOST_DAYS = 90;

/** Who answers approvals in whose place, and until when. */
export function StandingInPanel() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { id: me } = useAccount();
  const refresh = { onSettled: () => queries.invalidateQueries(trpc.delegations.pathFilter()) };
  const { data: delegations } = useSuspenseQuery(trpc.delegations.list.queryOptions());
  const give = useMutation(trpc.delegations.create.mutationOptions(refresh));
  const revoke = useMutation(trpc.delegations.revoke.mutationOptions(refresh));
  const [to, setTo] = useState("");
  const [days, setDays] = useState<number | null>(7);

  function send(event: FormEvent) {
    event.preventDefault();
    const until = new Date(Date.now() + (days ?? 0) * DAY_MS);
    give.mutate({ to: to.trim() as never, flow: null, until });
  }

  return (
    <Panel title="Standing in">
      <p className="text-muted">
        Whoever stands in for you answers your approvals, and both of you count once together. It ends by itself.
      </p>
      <ul className="mt-3 flex flex-col">
        {delegations.map((each) => (
          <li key={each.id} className="flex flex-wrap items-center gap-x-4 border-b py-1 last:border-b-0">
            <span className="min-w-0 flex-1 basis-48">
              {each.to.id === me ? "You stand" : `${each.to.name} stands`} in for{" "}
              {each.from.id === me ? "you" : each.from.name} until <Moment at={each.until} look="exact" />
            </span>
            {each.revokedAt && <span className="text-12 text-muted">taken back</span>}
            {!each.revokedAt && each.from.id === me && (
              <Button tone="ghost" busy={revoke.isPending} onClick={() => revoke.mutate({ id: each.id })}>
                Take back
              </Button>
            )}
          </li>
        ))}
      </ul>
      <form onSubmit={send} className="mt-3 flex flex-wrap items-end gap-3">
        <Field label="Account" help="Who answers in your place." required>
          <TextInput face="mono" value={to} onChange={(event) => setTo(event.target.value)} />
        </Field>
        <Field label="For" help={`1 to ${MOST_DAYS} days, for all flows.`}>
          <NumberInput value={days} min={1} max={MOST_DAYS} unit="days" onChange={setDays} />
        </Field>
        <Button type="submit" busy={give.isPending}>
          Let them stand in
        </Button>
      </form>
      <ApiFault fault={give.error ?? revoke.error} />
    </Panel>
  );
}
