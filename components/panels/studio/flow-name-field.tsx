"use client";

import { useQueryClient } from "@tanstack/react-query";
import { type KeyboardEvent, useRef, useState } from "react";
import { useTRPC, useTRPCClient } from "@/components/api/trpc";
import { TextInput } from "@/components/ui/text-input";
import { toast } from "@/components/ui/toast";
import type { FlowId } from "@/flows/basics/ids";

/** The flow's name while it is written anew. Enter or leaving it keeps the name, Escape does not. */
export function FlowNameField({ flow, name, onDone }: { flow: FlowId; name: string; onDone(): void }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const [draft, setDraft] = useState(name);
  const over = useRef(false);

  async function rename(next: string) {
    const named = (to: string) =>
      queries.setQueryData(trpc.flows.get.queryKey({ flow }), (was) => was && { ...was, name: to });
    named(next);
    try {
      await client.flows.rename.mutate({ flow, name: next });
      void queries.invalidateQueries(trpc.flows.list.pathFilter());
    } catch {
      named(name);
      toast({ title: "Not renamed", text: "The studio did not take the new name.", status: "failed" });
    }
  }

  /** Once: a field that goes away while it has the focus is left, too. */
  function commit(keep = true) {
    if (over.current) return;
    over.current = true;
    onDone();
    if (!keep) return;
    const next = draft.trim();
    if (next && next !== name) void rename(next);
  }

  function onKeyDown({ key }: KeyboardEvent) {
    if (key === "Enter") commit();
    if (key === "Escape") commit(false);
  }

  return (
    <TextInput
      aria-label="Flow name"
      autoFocus
      maxLength={80}
      value={draft}
      onFocus={(event) => event.target.select()}
      onChange={(event) => setDraft(event.target.value)}
      onKeyDown={onKeyDown}
      onBlur={() => commit()}
      className="max-w-60"
    />
  );
}
