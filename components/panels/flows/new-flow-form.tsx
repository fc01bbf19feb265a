"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { useTRPC } from "@/components/api/trpc";
import { ApiFault } from "@/components/panels/account/api-fault";
import { StartingPoint } from "@/components/panels/flows/starting-point";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Loading, SkeletonRows } from "@/components/ui/skeleton";
import { TextInput } from "@/components/ui/text-input";

const LONGEST_NAME = 80;
const EMPTY = { id: "", name: "Untitled flow", about: "An empty canvas." };

/** An untouched name follows the starting point. */
export function NewFlowForm() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const router = useRouter();
  const samples = useQuery(trpc.flows.samples.queryOptions());
  const [typed, setTyped] = useState<string | null>(null);
  const [chosen, setChosen] = useState(EMPTY);
  const name = typed ?? chosen.name;
  const create = useMutation(
    trpc.flows.create.mutationOptions({
      onSuccess: ({ flow }) => {
        void queries.invalidateQueries(trpc.flows.list.queryFilter());
        router.push(`/flows/${flow}`);
      },
    }),
  );

  function submit(event: FormEvent) {
    event.preventDefault();
    if (name.trim()) create.mutate({ name: name.trim(), ...(chosen.id ? { sample: chosen.id } : {}) });
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1 font-strong text-12 text-muted">Start from</legend>
        {[EMPTY, ...(samples.data ?? [])].map((point) => (
          <StartingPoint
            key={point.id}
            title={point.id ? point.name : "Empty"}
            about={point.about}
            checked={point.id === chosen.id}
            onChoose={() => setChosen(point)}
          />
        ))}
        {samples.isPending && (
          <Loading label="Loading the samples">
            <SkeletonRows rows={3} />
          </Loading>
        )}
      </fieldset>
      <Field label="Name" required>
        <TextInput maxLength={LONGEST_NAME} value={name} onChange={(event) => setTyped(event.target.value)} />
      </Field>
      <ApiFault fault={create.error ?? samples.error} />
      <Button
        type="submit"
        tone="primary"
        width="full"
        busy={create.isPending || create.isSuccess}
        disabled={!name.trim()}
      >
        Create flow
      </Button>
    </form>
  );
}
