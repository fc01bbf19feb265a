"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import type { OwnVersion as Version } from "@/components/api/answers";
import { useTRPC } from "@/components/api/trpc";
import { ApiFault } from "@/components/panels/account/api-fault";
import { Button } from "@/components/ui/button";
import { StatusMark } from "@/components/ui/status-mark";
import { formOf, ManifestForm } from "@/flows/types/manifest-form";
import { priceWords } from "@/flows/types/price-words";
import { OWN_DEEDS, STATE_SHOWN } from "./state-words";

/** One version of one's own, and what can be done with it as it stands. */
export function OwnVersion({ version }: { version: Version }) {
  const { manifest, state, reason, hidden } = version;
  const trpc = useTRPC();
  const router = useRouter();
  const queries = useQueryClient();
  const { agent, digest, title, price } = manifest;
  const name = agent.split("@")[0];
  const move = useMutation(
    trpc.publishing.move.mutationOptions({
      onSuccess: () =>
        Promise.all([
          queries.invalidateQueries(trpc.publishing.mine.queryFilter()),
          queries.invalidateQueries(trpc.registry.pathFilter()),
        ]),
    }),
  );
  const again = useMutation(
    trpc.publishing.createDraft.mutationOptions({
      onSuccess: ({ draft }) => {
        void queries.invalidateQueries(trpc.publishing.drafts.queryFilter());
        router.push(`/publish/${draft}`);
      },
    }),
  );
  const isOpen = ["active", "deprecated", "suspended"].includes(state);
  return (
    <li className="flex flex-col gap-2 border-b px-4 py-3 last:border-b-0">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <StatusMark {...(STATE_SHOWN[state] ?? { status: "waiting" })} />
        {isOpen ? (
          <Link href={`/registry/${name}`} prefetch={false} className="font-strong hover:underline">
            {title}
          </Link>
        ) : (
          <span className="font-strong">{title}</span>
        )}
        <span className="break-all font-mono text-12 text-muted">{agent}</span>
        <span className="font-mono text-12 text-muted">{priceWords(price)}</span>
        <span className="ml-auto flex flex-wrap gap-2">
          {isOpen && manifest.protocol?.kind !== "flow" && (
            <Button busy={again.isPending} onClick={() => again.mutate({ form: nextForm(version) })}>
              New version
            </Button>
          )}
          {(OWN_DEEDS[state] ?? []).map(([deed, word]) => (
            <Button
              key={deed}
              tone={deed === "list" ? "primary" : "secondary"}
              busy={move.isPending && move.variables.deed === deed}
              onClick={() => move.mutate({ agent, digest, deed })}
            >
              {word}
            </Button>
          ))}
        </span>
      </div>
      {reason && <p className="break-words text-muted">A reviewer wrote: {reason}</p>}
      {hidden && <p className="break-words text-bad">Hidden by the studio&apos;s probes. {hidden}</p>}
      <ApiFault fault={move.error ?? again.error} />
    </li>
  );
}

/** A form that begins where this version ended. */
function nextForm({ manifest, address, example }: Version): ManifestForm {
  const { payee: _, publisher: __, digest: ___, ...declared } = manifest;
  const [, major = "1", minor = "0"] = /@(\d+)\.(\d+)\./.exec(manifest.agent) ?? [];
  const form = formOf(declared, address, ManifestForm.parse({ example: JSON.stringify(example ?? {}, null, 2) }));
  return { ...form, version: `${major}.${Number(minor) + 1}.0` };
}
