"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type KeyboardEvent, useState } from "react";
import { useTRPC } from "@/components/api/trpc";
import { TextInput } from "@/components/ui/text-input";
import { toast } from "@/components/ui/toast";
import type { FlowId } from "@/flows/basics/ids";

/** The flow's name; a press turns it into a field. */
export function FlowName({ flow, name }: { flow: FlowId; name: string }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [draft, setDraft] = useState<string | null>(null);
  const rename = useMutation(
    trpc.flows.rename.mutationOptions({
      onSuccess: ({ name: kept }) => {
        queries.setQueryData(trpc.flows.get.queryKey({ flow }), (was) => was && { ...was, name: kept });
        void queries.invalidateQueries(trpc.flows.list.pathFilter());
      },
      onError: () => toast({ title: "Not renamed", text: "The studio did not take the new name.", status: "failed" }),
    }),
  );

  function commit() {
    const next = draft?.trim();
    setDraft(null);
    if (next && next !== name) rename.mutate({ flow, name: next });
  }

  function onKeyDown({ key }: KeyboardEvent) {
    if (key === "Enter") commit();
    if (key === "Escape") setDraft(null);
  }

  if (draft === null)
    return (
      <h1 className="min-w-0">
        <button
          type="button"
          aria-label={`Rename ${name}`}
          onClick={() => setDraft(name)}
          className="quick h-control max-w-full truncate rounded-control px-2 text-left font-strong hover:bg-hover"
        >
          {rename.isPending ? rename.variables.name : name}
        </button>
      </h1>
    );
  return (
    <TextInput
      aria-label="Flow name"
      autoFocus
      maxLength={80}
      value={draft}
      onFocus={(event) => event.target.select()}
      onChange={(event) => setDraft(event.target.value)}
      onKeyDown={onKeyDown}
      onBlur={commit}
      className="max-w-60"
    />
  );
}
