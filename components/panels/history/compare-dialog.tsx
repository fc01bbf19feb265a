"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import type { ComparedFlow } from "@/components/api/answers";
import { useTRPC } from "@/components/api/trpc";
import { ApiFault } from "@/components/panels/account/api-fault";
import { useStudio } from "@/components/store/studio-store";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Loading, SkeletonRows } from "@/components/ui/skeleton";
import { TextInput } from "@/components/ui/text-input";
import { toast } from "@/components/ui/toast";
import type { FlowId } from "@/flows/basics/ids";
import { ChangeWords } from "./change-words";
import { drawingChanges } from "./drawing-changes";
import { FlowPicture, viewOfAll } from "./flow-picture";

export type Chosen = { revision: number; title: string; name: string | null };
type CompareProps = { flow: FlowId; chosen: Chosen; onClose(): void };

/** One revision beside what is drawn now: what changed since, what it means, and the way back to it. */
export function CompareDialog({ flow, chosen, onClose }: CompareProps) {
  const { revision } = chosen;
  const trpc = useTRPC();
  const now = useStudio((studio) => studio.saved?.revision ?? 0);
  const compared = useQuery(trpc.flows.compare.queryOptions({ flow, before: revision, after: now }));

  function restore({ before }: ComparedFlow) {
    useStudio.getState().replace(before, `Restore ${chosen.title}`);
    toast({ title: `${chosen.title} is restored`, text: "Undo brings back what was drawn before." });
    onClose();
  }

  return (
    <Dialog
      open
      shape="wide"
      onClose={onClose}
      title={chosen.title}
      text="What changed from this revision to what is drawn now."
      actions={
        <>
          <NameForm flow={flow} chosen={chosen} />
          <Button
            tone="primary"
            disabled={!compared.data || revision === now}
            onClick={() => compared.data && restore(compared.data)}
          >
            Restore this revision
          </Button>
        </>
      }
    >
      {compared.data && <Sides {...compared.data} revision={revision} />}
      {compared.isPending && (
        <Loading label="Comparing">
          <SkeletonRows rows={6} />
        </Loading>
      )}
      <ApiFault fault={compared.error} actions={<Button onClick={() => void compared.refetch()}>Try again</Button>} />
    </Dialog>
  );
}

function Sides({ before, after, words, revision }: ComparedFlow & { revision: number }) {
  const found = drawingChanges(before, after);
  const viewBox = viewOfAll([before, after]);
  const side = "flex min-w-0 flex-1 flex-col rounded-card border bg-ground";
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-col gap-4 md:flex-row">
        <figure className={side}>
          <figcaption className="border-b px-3 py-1 text-12 text-muted">Revision {revision}</figcaption>
          <div className="h-60 p-2">
            <FlowPicture
              viewBox={viewBox}
              document={before}
              marks={found.before}
              label={`The flow at revision ${revision}`}
            />
          </div>
        </figure>
        <figure className={side}>
          <figcaption className="border-b px-3 py-1 text-12 text-muted">Now</figcaption>
          <div className="h-60 p-2">
            <FlowPicture viewBox={viewBox} document={after} marks={found.after} label="The flow now" />
          </div>
        </figure>
      </div>
      <p className="text-12 text-muted">
        <span className="text-ok">+ added</span>, <span className="text-bad">{"\u2212"} removed</span>,{" "}
        <span className="text-warn">~ changed</span>
      </p>
      <ChangeWords words={words} drawn={found.words} />
    </div>
  );
}

const LONGEST_NAME = 80;

/** A revision with a name is kept whole and never changes. */
function NameForm({ flow, chosen: { revision, name: before } }: Omit<CompareProps, "onClose">) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const form = useId();
  const [name, setName] = useState(before ?? "");
  const naming = useMutation(
    trpc.flows.nameRevision.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries(trpc.flows.history.pathFilter());
        toast({ title: `Revision ${revision} is called ${name.trim()}` });
      },
    }),
  );

  function submit(event: FormEvent) {
    event.preventDefault();
    if (name.trim()) naming.mutate({ flow, revision, name: name.trim() });
  }

  return (
    <form id={form} onSubmit={submit} className="mr-auto flex items-end gap-2">
      <Field label="Name of this revision" error={naming.error ? "It could not be named. Try again." : undefined}>
        <TextInput maxLength={LONGEST_NAME} value={name} onChange={(event) => setName(event.target.value)} />
      </Field>
      <Button type="submit" busy={naming.isPending} disabled={!name.trim() || name.trim() === before}>
        Name
      </Button>
    </form>
  );
}
