"use client";

import { useMutation } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useState } from "react";
import { useTRPC } from "@/components/api/trpc";
import { ApiFault } from "@/components/panels/account/api-fault";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Panel } from "@/components/ui/panel";
import { TextInput } from "@/components/ui/text-input";
import type { ManifestForm } from "@/flows/types/manifest-form";

/** Fills the form in from what an address declares. Nothing is published by it, and every field can be changed. */
export function ImportPanel({ form, change }: { form: ManifestForm; change(form: ManifestForm): void }) {
  const trpc = useTRPC();
  const [address, setAddress] = useState("");
  const read = useMutation(
    trpc.publishing.importManifest.mutationOptions({
      onSuccess: ([only, ...others]) => {
        if (only && others.length === 0) change(only);
      },
    }),
  );
  const several = read.data && read.data.length > 1 ? read.data : [];
  return (
    <Panel title="From an address" remember="publish-import">
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (URL.canParse(address)) read.mutate({ address, form });
        }}
      >
        <Field
          label="Address of a manifest"
          help="Its own, as in https://agents.example/shouter/manifest, or the one in front of several agents."
        >
          <TextInput
            face="mono"
            type="url"
            maxLength={300}
            value={address}
            onChange={(event) => setAddress(event.target.value.trim())}
          />
        </Field>
        <div>
          <Button type="submit" icon={<Download aria-hidden />} busy={read.isPending} disabled={!URL.canParse(address)}>
            Fill the form in
          </Button>
        </div>
        {several.length > 0 && (
          <ul aria-label="Agents there" className="flex flex-wrap gap-2">
            {several.map((one) => (
              <li key={`${one.name}@${one.version}`}>
                <Button onClick={() => change(one)}>
                  {one.title} {one.version}
                </Button>
              </li>
            ))}
          </ul>
        )}
        <ApiFault fault={read.error} />
      </form>
    </Panel>
  );
}
