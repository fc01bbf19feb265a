"use client";

import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTRPC } from "@/components/api/trpc";
import { ApiFault } from "@/components/panels/account/api-fault";
import { Moment } from "@/components/panels/runs/moment";
import { useNow } from "@/components/panels/runs/use-now";
import { BesideField } from "@/components/ui/beside-field";
import { Button } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { Field } from "@/components/ui/field";
import { Panel } from "@/components/ui/panel";
import { Switch } from "@/components/ui/switch";
import { TextInput } from "@/components/ui/text-input";

const DAYS = 90;

/** Keys with which programs read and answer approvals in a person's name. A key is shown once. */
export function KeysPanel() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const refresh = { onSettled: () => queries.invalidateQueries(trpc.apiKeys.pathFilter()) };
  const { data: keys } = useSuspenseQuery(trpc.apiKeys.list.queryOptions());
  const make = useMutation(trpc.apiKeys.create.mutationOptions(refresh));
  const revoke = useMutation(trpc.apiKeys.revoke.mutationOptions(refresh));
  const now = useNow(keys.length > 0);
  const [name, setName] = useState("");
  const [decides, setDecides] = useState(false);

  function send(event: FormEvent) {
    event.preventDefault();
    make.mutate({ name, scopes: ["approvals:read", ...(decides ? (["approvals:decide"] as const) : [])], days: DAYS });
  }

  return (
    <Panel title="Keys for programs">
      <ul className="flex flex-col">
        {keys.map((key) => (
          <li key={key.id} className="flex flex-wrap items-center gap-x-4 border-b py-1 last:border-b-0">
            <span className="min-w-0 flex-1 basis-48">
              {key.name} <span className="font-mono text-12 text-muted">{key.scopes.join(" ")}</span>
            </span>
            <span className="text-12 text-muted">
              {key.usedAt ? "last used " : "never used, until "}
              <Moment at={key.usedAt ?? key.until} />
            </span>
            {key.revokedAt || key.until.getTime() <= now ? (
              <span className="text-12 text-muted">{key.revokedAt ? "taken back" : "over"}</span>
            ) : (
              <Button
                tone="ghost"
                busy={revoke.isPending}
                aria-label={`Take back ${key.name}`}
                onClick={() => revoke.mutate({ id: key.id })}
              >
                Take back
              </Button>
            )}
          </li>
        ))}
        {keys.length === 0 && <li className="text-muted">No program answers in your name.</li>}
      </ul>
      {make.data && (
        <div role="status" className="mt-3">
          <p>Copy it now: it is not shown again.</p>
          <CodeBlock text={make.data.key} label="The new key" />
        </div>
      )}
      <form onSubmit={send} className="mt-3 flex flex-wrap items-start gap-3">
        <Field label="Name" help={`It holds for ${DAYS} days.`} required>
          <TextInput value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
        <BesideField>
          <Switch label="May answer, too" checked={decides} onChange={setDecides} />
          <Button type="submit" busy={make.isPending}>
            Make a key
          </Button>
        </BesideField>
      </form>
      <ApiFault fault={make.error ?? revoke.error} />
    </Panel>
  );
}
