"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ReviewedVersion } from "@/components/api/answers";
import { useTRPC } from "@/components/api/trpc";
import { ApiFault } from "@/components/panels/account/api-fault";
import { manifestChanges } from "@/components/panels/inspector/manifest-changes";
import { SchemaTable } from "@/components/panels/registry/schema-table";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Panel } from "@/components/ui/panel";
import { TextArea } from "@/components/ui/text-area";
import { priceWords } from "@/flows/types/price-words";
import { TrialChecks } from "./trial-checks";

/** One version to decide on: what it declares, what changed, what its checks found. The decision names exactly this. */
export function Reviewed({ reviewed: { version, before, trial, own, publisher } }: { reviewed: ReviewedVersion }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [reason, setReason] = useState("");
  const onSuccess = () => queries.invalidateQueries(trpc.publishing.pathFilter());
  const review = useMutation(trpc.publishing.review.mutationOptions({ onSuccess }));
  const unhide = useMutation(trpc.publishing.unhide.mutationOptions({ onSuccess }));
  const { manifest, address, conformance, hidden } = version;
  const { agent, digest } = manifest;
  const decide = (deed: "approve" | "refuse" | "suspend") =>
    review.mutate({ agent, digest, conformance, deed, reason: reason.trim() || null });
  const changes = before ? manifestChanges(before.manifest, manifest) : [];
  return (
    <Panel title={manifest.title}>
      <div className="flex flex-col gap-4">
        <div>
          <p className="break-all font-mono text-12 text-muted">{agent}</p>
          <p className="break-all text-12 text-muted">{provedWords(publisher)}</p>
        </div>
        <p className="break-words">{manifest.description}</p>
        <p className="break-words text-muted">
          {priceWords(manifest.price)}.{" "}
          {manifest.protocol?.kind === "flow" ? (
            "A flow: each call of it is a run of its publisher's, out of their credits. "
          ) : (
            <>
              Answers at <span className="break-all font-mono">{address}</span>.{" "}
            </>
          )}
          {manifest.sends.length > 0 ? `Leaves: ${manifest.sends.join("; ")}.` : "Nothing leaves, it says."}
        </p>
        {hidden && <p className="break-words text-bad">Hidden: {hidden}</p>}
        <section aria-label={`What changed, ${agent}`}>
          <h3 className="text-body">{before ? `Since ${before.manifest.agent}` : "The first version"}</h3>
          {before && changes.length === 0 && <p className="text-muted">It declares nothing otherwise.</p>}
          <ul className="list-disc pl-4">
            {changes.map((change) => (
              <li key={change} className="break-words">
                {change}
              </li>
            ))}
          </ul>
        </section>
        <div className="grid items-start gap-4 lg:grid-cols-2">
          <SchemaTable title="What it takes" of={agent} schema={manifest.input} />
          <SchemaTable title="What it gives" of={agent} schema={manifest.output} />
        </div>
        {trial && <TrialChecks trial={trial} />}
        {own && <p className="text-warn">It is yours: somebody else has to review it.</p>}
        {!own && (
          <>
            <Field label="Reason" help="Its publisher reads it. A refusal needs one.">
              <TextArea rows={2} maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
            </Field>
            <div className="flex flex-wrap gap-2">
              {hidden ? (
                <>
                  <Button tone="danger" width="equal" busy={review.isPending} onClick={() => decide("suspend")}>
                    Suspend
                  </Button>
                  <Button width="equal" busy={unhide.isPending} onClick={() => unhide.mutate({ agent })}>
                    Show it again
                  </Button>
                </>
              ) : (
                <>
                  <Button
                    width="equal"
                    busy={review.isPending}
                    disabled={reason.trim() === ""}
                    onClick={() => decide("refuse")}
                  >
                    Refuse
                  </Button>
                  <Button width="equal" busy={review.isPending} onClick={() => decide("approve")}>
                    Approve
                  </Button>
                </>
              )}
            </div>
          </>
        )}
        <ApiFault fault={review.error ?? unhide.error} />
      </div>
    </Panel>
  );
}

/** How the name in front of the slash was proved: a wallet says who publishes, and nothing of where an agent answers. */
function provedWords(publisher: ReviewedVersion["publisher"]): string {
  if (!publisher?.proof) return "The studio's own, or a name that nobody has proved.";
  const files = publisher.origins.length > 0 ? `a file at ${publisher.origins.join(", ")}` : null;
  const wallet = publisher.proof === "wallet" ? `the wallet ${publisher.provedBy}` : null;
  return `Its name is proved by ${[wallet, files].filter(Boolean).join(" and by ")}.`;
}
