"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { AgentDraft } from "@/components/api/answers";
import { domainErrorOf, isSignedOut } from "@/components/api/api-error";
import { useTRPC, useTRPCClient } from "@/components/api/trpc";
import type { ManifestForm } from "@/flows/types/manifest-form";

const PAUSE_MS = 400;
const AGAIN_MS = 3_000;

export type Saving = "saved" | "saving" | "unsaved";

/**
 * A form that is saved as it is typed. What the studio has not taken yet lies in this browser, so that neither a reload nor a
 * studio that is away loses a letter. `fault` is set when it cannot be saved as it is; it stays kept here.
 */
export function useDraft(draft: AgentDraft) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const [form, setForm] = useState(draft.form);
  const [saving, setSaving] = useState<Saving>("saved");
  const [fault, setFault] = useState<unknown>(null);
  const kept = useRef({ form: draft.form, saved: draft.form, revision: draft.revision, busy: false, stopped: false });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  async function save(): Promise<boolean> {
    clearTimeout(timer.current);
    const now = kept.current;
    if (now.stopped) return false;
    if (now.busy) return new Promise((done) => setTimeout(() => done(save()), PAUSE_MS / 4));
    if (now.form === now.saved) return true;
    now.busy = true;
    setSaving("saving");
    const sent = now.form;
    try {
      const { revision } = await client.publishing.saveDraft.mutate({
        draft: draft.id,
        revision: now.revision,
        form: sent,
      });
      Object.assign(now, { revision, saved: sent });
      setFault(null);
      queries.setQueryData(trpc.publishing.draft.queryKey({ draft: draft.id }), { ...draft, form: sent, revision });
    } catch (problem) {
      now.stopped = domainErrorOf(problem) !== null || isSignedOut(problem);
      setFault(problem);
    }
    now.busy = false;
    const isAll = now.form === now.saved;
    setSaving(isAll ? "saved" : "unsaved");
    if (isAll) localStorage.removeItem(keyOf(draft.id));
    else if (!now.stopped) timer.current = setTimeout(() => void save(), AGAIN_MS);
    return isAll;
  }

  function change(part: Partial<ManifestForm>) {
    const next = { ...kept.current.form, ...part };
    kept.current.form = next;
    setForm(next);
    setSaving("unsaved");
    localStorage.setItem(keyOf(draft.id), JSON.stringify({ form: next, on: kept.current.revision }));
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void save(), PAUSE_MS);
  }

  const restore = useRef(change);
  useEffect(() => {
    const left = leftOf(draft.id);
    if (left && left.on === kept.current.revision) restore.current(left.form);
    return () => clearTimeout(timer.current);
  }, [draft.id]);

  return { form, change, save, saving, fault };
}

const keyOf = (id: string) => `studio:draft:${id}`;

/** What was typed and not taken when the page went away. */
function leftOf(id: string): { form: Partial<ManifestForm>; on: number } | null {
  try {
    return JSON.parse(localStorage.getItem(keyOf(id)) ?? "null") as { form: Partial<ManifestForm>; on: number } | null;
  } catch {
    return null; // not ours: nothing that this browser kept of a draft
  }
}
