"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useDeferredValue, useMemo } from "react";
import { useTRPC } from "@/components/api/trpc";
import { ApiFault } from "@/components/panels/account/api-fault";
import { Page } from "@/components/ui/page";
import { declaredBy } from "@/flows/types/manifest-form";
import { DraftForm, FIELD_WORDS } from "./draft-form";
import { ImportPanel } from "./import-panel";
import { OwnershipPanel } from "./ownership-panel";
import { TrialPanel } from "./trial-panel";
import { type Saving, useDraft } from "./use-draft";

const SAVING: Record<Saving, string> = { saved: "Saved", saving: "Saving", unsaved: "Not saved yet" };

/** One form from the first letter to the review. */
export function DraftPage({ draft: id }: { draft: string }) {
  const trpc = useTRPC();
  const { data: draft } = useSuspenseQuery(trpc.publishing.draft.queryOptions({ draft: id }));
  const { form, change, save, saving, fault } = useDraft(draft);
  const checked = useDeferredValue(form);
  const declared = useMemo(() => declaredBy(checked), [checked]);
  const faults = declared.ok ? [] : declared.error;
  return (
    <Page
      width="wide"
      above={
        <Link href="/publish" className="hover:underline">
          Publish
        </Link>
      }
      title={<span className="break-words">{form.title || "A new agent"}</span>}
      text="Saved as you type. Nobody sees it before you hand it in."
      actions={
        <span role="status" className="text-muted">
          {SAVING[saving]}
        </span>
      }
    >
      <ApiFault fault={fault} />
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <div className="flex min-w-0 flex-col gap-6">
          <ImportPanel form={form} change={change} />
          <DraftForm form={form} faults={faults} change={change} />
        </div>
        <div className="flex min-w-0 flex-col gap-6">
          <OwnershipPanel name={form.publisher} address={form.address} />
          <TrialPanel draft={id} whole={faults.length === 0} save={save} />
          {faults.length > 0 && (
            <section aria-label="Still to do" className="text-12 text-muted">
              <h2 className="text-body">Still to do</h2>
              <ul className="mt-1 list-disc pl-4">
                {faults.map(({ field, problem }) => (
                  <li key={field}>
                    {FIELD_WORDS[field]}: {problem}
                  </li>
                ))}
              </ul>
            </section>
          )}
        </div>
      </div>
    </Page>
  );
}
