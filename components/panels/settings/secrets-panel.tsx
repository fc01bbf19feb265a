"use client";

import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { KeyRound, Trash2 } from "lucide-react";
import { type FormEvent, useId, useState } from "react";
import { useTRPC } from "@/components/api/trpc";
import { ApiFault } from "@/components/panels/account/api-fault";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { Field } from "@/components/ui/field";
import { Panel } from "@/components/ui/panel";
import { TextInput } from "@/components/ui/text-input";
import { toast } from "@/components/ui/toast";

type Needed = { agent: string; name: string; title: string | null; header: string | null; setAt: Date | null };

/** What agents need of a person: given, replaced and taken away here, and shown nowhere again. */
export function SecretsPanel() {
  const trpc = useTRPC();
  const { data: secrets } = useSuspenseQuery(trpc.secrets.list.queryOptions());
  const [chosen, setChosen] = useState<Needed | null>(null);
  if (secrets.length === 0)
    return (
      <EmptyState
        level={2}
        title="No agent needs a secret of yours"
        text="Some agents call a service in your name and need your key for it. When one is in the registry, you give it here."
      />
    );
  return (
    <Panel title="Secrets for agents" padding="flush">
      <ul>
        {secrets.map((secret) => (
          <li
            key={`${secret.agent} ${secret.name}`}
            className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b px-4 py-3 last:border-b-0"
          >
            <div className="min-w-0 flex-1 basis-64">
              <p className="break-words font-strong">
                {secret.title ?? secret.agent}: {secret.name}
              </p>
              <p className="break-words text-12 text-muted">{standing(secret)}</p>
            </div>
            <div className="flex gap-2">
              {secret.header !== null && (
                <Button
                  icon={<KeyRound aria-hidden />}
                  onClick={() => setChosen(secret)}
                  aria-label={`${secret.setAt ? "Replace" : "Add"} ${secret.name} for ${secret.agent}`}
                >
                  {secret.setAt ? "Replace" : "Add"}
                </Button>
              )}
              {secret.setAt && <Remove secret={secret} />}
            </div>
          </li>
        ))}
      </ul>
      {chosen && <Give key={`${chosen.agent} ${chosen.name}`} secret={chosen} onClose={() => setChosen(null)} />}
    </Panel>
  );
}

function standing({ agent, header, setAt }: Needed): string {
  if (header === null) return `${agent} does not ask for it any more.`;
  const since = setAt ? `Given on ${setAt.toLocaleDateString("en", { dateStyle: "medium" })}` : "Not given yet";
  return `${since}. Sent to ${agent} in the header ${header}, and to nobody else.`;
}

function Remove({ secret: { agent, name } }: { secret: Needed }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const remove = useMutation(
    trpc.secrets.remove.mutationOptions({
      onSuccess: () => toast({ status: "done", title: "Taken away.", text: `${agent} is no longer called with it.` }),
      onSettled: () => queries.invalidateQueries(trpc.secrets.pathFilter()),
    }),
  );
  return (
    <Button
      icon={<Trash2 aria-hidden />}
      busy={remove.isPending}
      onClick={() => remove.mutate({ agent, name })}
      aria-label={`Remove ${name} for ${agent}`}
    >
      Remove
    </Button>
  );
}

function Give({ secret: { agent, name, header, setAt }, onClose }: { secret: Needed; onClose(): void }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const form = useId();
  const [value, setValue] = useState("");
  const set = useMutation(
    trpc.secrets.set.mutationOptions({
      onSuccess: () => {
        void queries.invalidateQueries(trpc.secrets.pathFilter());
        toast({ status: "done", title: "Kept, sealed.", text: "It is not shown again, here or anywhere." });
        onClose();
      },
    }),
  );
  const problem = value !== "" && value.trim().length < 8 ? "At least 8 characters." : undefined;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (value.trim().length >= 8 && !set.isPending) set.mutate({ agent, name, value: value.trim() });
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={`${setAt ? "Replace" : "Add"} ${name}`}
      text={`${agent} gets it in the header ${header} of each call that a run of yours makes.`}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} tone="primary" busy={set.isPending} disabled={value.trim().length < 8}>
            {setAt ? "Replace" : "Add"}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="flex flex-col gap-4">
        <Field
          label={name}
          error={problem}
          help="Sealed at once with a key that lies outside the database. Nobody can read it back, you neither."
          required
        >
          <TextInput
            type="password"
            face="mono"
            autoComplete="off"
            spellCheck={false}
            value={value}
            onChange={({ target }) => setValue(target.value)}
          />
        </Field>
        <ApiFault fault={set.error} />
      </form>
    </Dialog>
  );
}
