"use client";

import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useAccount } from "@/components/api/providers";
import { useTRPC } from "@/components/api/trpc";
import { ApiFault } from "@/components/panels/account/api-fault";
import { Moment } from "@/components/panels/runs/moment";
import { useNow } from "@/components/panels/runs/use-now";
import { BesideField } from "@/components/ui/beside-field";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { NumberInput } from "@/components/ui/number-input";
import { Panel } from "@/components/ui/panel";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";

const DAY_MS = 86_400_000;
const MOST_DAYS = 90;
const ALL = "";

/** Who answers approvals in whose place, and until when. */
export function StandingInPanel() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { id: me } = useAccount();
  const refresh = { onSettled: () => queries.invalidateQueries(trpc.delegations.pathFilter()) };
  const { data: delegations } = useSuspenseQuery(trpc.delegations.list.queryOptions());
  const give = useMutation(trpc.delegations.create.mutationOptions(refresh));
  const revoke = useMutation(trpc.delegations.revoke.mutationOptions(refresh));
  const { data: flows } = useSuspenseQuery(trpc.delegations.flows.queryOptions());
  const now = useNow(delegations.length > 0);
  const [to, setTo] = useState("");
  const [flow, setFlow] = useState(ALL);
  const [days, setDays] = useState<number | null>(7);

  const choices = [{ value: ALL, label: "All flows" }, ...flows.map(({ id, name }) => ({ value: id, label: name }))];

  function send(event: FormEvent) {
    event.preventDefault();
    const until = new Date(Date.now() + (days ?? 0) * DAY_MS);
    give.mutate({ to: to.trim() as never, flow: flow === ALL ? null : flow, until });
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
              {each.from.id === me ? "you" : each.from.name} {each.flow ? `in ${each.flow.name}` : "in all flows"},
              until <Moment at={each.until} look="exact" />
            </span>
            {each.revokedAt && <span className="text-12 text-muted">taken back</span>}
            {!each.revokedAt && each.until.getTime() <= now && <span className="text-12 text-muted">over</span>}
            {!each.revokedAt && each.until.getTime() > now && each.from.id === me && (
              <Button
                tone="ghost"
                busy={revoke.isPending}
                aria-label={`Take back from ${each.to.name}`}
                onClick={() => revoke.mutate({ id: each.id })}
              >
                Take back
              </Button>
            )}
          </li>
        ))}
        {delegations.length === 0 && <li className="text-muted">Nobody stands in for you, nor you for anybody.</li>}
      </ul>
      <form onSubmit={send} className="mt-3 flex flex-wrap items-start gap-3">
        <Field label="Account" help="Who answers in your place." required>
          <TextInput face="mono" value={to} onChange={(event) => setTo(event.target.value)} />
        </Field>
        <Field label="Flow" help="Those that asked you, and yours.">
          <Select value={flow} options={choices} onChange={setFlow} />
        </Field>
        <div className="w-36">
          <Field label="For" help={`1 to ${MOST_DAYS} days.`}>
            <NumberInput value={days} min={1} max={MOST_DAYS} unit="days" onChange={setDays} />
          </Field>
        </div>
        <BesideField>
          <Button type="submit" busy={give.isPending}>
            Let them stand in
          </Button>
        </BesideField>
      </form>
      <ApiFault fault={give.error ?? revoke.error} />
    </Panel>
  );
}
